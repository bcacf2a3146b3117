# BERT's post-norm blocks, which read FLIP's captions (Devlin et al. 2019, "BERT", section 3; Li et
# al. 2022, "BLIP", section 3.1, for the attention to a picture between the two halves):
#
#     y = norm(x + attention(x));  [y = norm(y + attention(y, picture));]  norm(y + mlp(y))

# x [N, T, D], ids [N, T] -> [N, T, D]
def post_norm_block(
        x: Tensor, ids: Tensor, own: List[Tensor], inner: List[Tensor], heads: int, pad: int,
        activation: int, epsilon: float, dtype: int) -> Tensor:
    none: List[Tensor] = []
    y = self_attention(x, ids, own, heads, pad, epsilon, dtype, none, 1., 0.)
    return feed_forward(y, inner, activation, epsilon, dtype, none, 1., 0.)


# The block that sees a picture, image [N, P, W].
def cross_block(
        x: Tensor, ids: Tensor, image: Tensor, own: List[Tensor], across: List[Tensor],
        inner: List[Tensor], heads: int, pad: int, activation: int, epsilon: float,
        dtype: int) -> Tensor:
    none: List[Tensor] = []
    y = self_attention(x, ids, own, heads, pad, epsilon, dtype, none, 1., 0.)
    y = image_attention(y, image, across, heads, epsilon, dtype)
    return feed_forward(y, inner, activation, epsilon, dtype, none, 1., 0.)


# Either block with low-rank maps beside the linear ones of own and inner; no image, no look at it.
def adapted_post_norm_block(
        x: Tensor, ids: Tensor, image: Tensor, own: List[Tensor], across: List[Tensor],
        inner: List[Tensor], adapters: List[Tensor], scale: float, dropout: float, heads: int,
        pad: int, activation: int, epsilon: float, dtype: int) -> Tensor:
    y = self_attention(x, ids, own, heads, pad, epsilon, dtype, adapters, scale, dropout)
    if image.numel() > 0:
        y = image_attention(y, image, across, heads, epsilon, dtype)
    return feed_forward(y, inner, activation, epsilon, dtype, adapters, scale, dropout)


def self_attention(
        x: Tensor, ids: Tensor, weights: List[Tensor], heads: int, pad: int, epsilon: float,
        dtype: int, adapters: List[Tensor], scale: float, dropout: float) -> Tensor:
    q, q_bias, k, k_bias, v, v_bias, out, out_bias, norm, norm_bias = weights
    qkv = linear(x, torch.cat([q, k, v]), torch.cat([q_bias, k_bias, v_bias]), dtype)
    qkv = adapted_qkv(qkv, x, adapters, scale, dropout, dtype)
    attended = padded_attention(qkv, ids, pad, heads)
    y = linear(attended, out, out_bias, dtype)
    y = adapted(y, attended, adapters, OUT_ADAPTER, scale, dropout, dtype)
    return layer_norm(x + y.to(torch.float32), norm, norm_bias, epsilon)


def image_attention(
        x: Tensor, image: Tensor, weights: List[Tensor], heads: int, epsilon: float,
        dtype: int) -> Tensor:
    q, q_bias, k, k_bias, v, v_bias, out, out_bias, norm, norm_bias = weights
    query = linear(x, q, q_bias, dtype)
    kv = linear(image, torch.cat([k, v]), torch.cat([k_bias, v_bias]), dtype)
    y = linear(cross_attention(query, kv, heads), out, out_bias, dtype)
    return layer_norm(x + y.to(torch.float32), norm, norm_bias, epsilon)


def feed_forward(
        x: Tensor, weights: List[Tensor], activation: int, epsilon: float, dtype: int,
        adapters: List[Tensor], scale: float, dropout: float) -> Tensor:
    fc1, fc1_bias, fc2, fc2_bias, norm, norm_bias = weights
    y = mlp(x, fc1, fc1_bias, fc2, fc2_bias, activation, dtype, adapters, scale, dropout)
    return layer_norm(x + y.to(torch.float32), norm, norm_bias, epsilon)
