# What comes out of the towers: one vector for each sequence, projected, of length one.

# [N, T, D] -> [N, D]
def first_position(x: Tensor) -> Tensor:
    return x.select(1, 0)


def last_position(x: Tensor) -> Tensor:
    return x.select(1, -1)


# The place of each row's first end-of-text token; the first place of a row that has none.
def eos_position(x: Tensor, ids: Tensor, eos: int) -> Tensor:
    return at_position(x, (ids == eos).to(torch.int32).argmax(-1))


# The first place of each row's highest id: OpenAI's vocabulary ends with the end-of-text token.
def highest_position(x: Tensor, ids: Tensor) -> Tensor:
    return at_position(x, ids.argmax(-1))


# x [N, T, D], place [N] -> [N, D]
def at_position(x: Tensor, place: Tensor) -> Tensor:
    index = place.unsqueeze(-1).unsqueeze(-1).expand([x.size(0), 1, x.size(2)])
    return x.gather(1, index).squeeze(1)


# One learned query attends to all tokens, then a residual map, as SigLIP's image tower ends (Zhai
# et al. 2022, "Scaling vision transformers", section 3.2, "MAP"). x [N, T, D] -> [N, D]
def attention_pool(
        x: Tensor, weights: List[Tensor], heads: int, activation: int, epsilon: float,
        dtype: int) -> Tensor:
    (query, qkv, qkv_bias, out, out_bias,
     norm, norm_bias, fc1, fc1_bias, fc2, fc2_bias) = weights
    n, width = x.size(0), x.size(2)
    q = linear(query, qkv.narrow(0, 0, width), qkv_bias.narrow(0, 0, width), dtype)
    kv = linear(x, qkv.narrow(0, width, 2 * width), qkv_bias.narrow(0, width, 2 * width), dtype)
    attended = cross_attention(q.expand([n, 1, width]), kv, heads)
    y = linear(attended, out, out_bias, dtype).to(torch.float32)
    none: List[Tensor] = []
    normed = layer_norm(y, norm, norm_bias, epsilon)
    z = mlp(normed, fc1, fc1_bias, fc2, fc2_bias, activation, dtype, none, 1., 0.)
    return (y + z.to(torch.float32)).select(1, 0)


# Always in float32. [N, D], weight [E, D] -> [N, E]
def project(x: Tensor, weight: Tensor) -> Tensor:
    return F.linear(x, weight)


def project_biased(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return F.linear(x, weight, bias)


# Rows divided by their Euclidean length.
def unit(x: Tensor) -> Tensor:
    return x / torch.norm(x, 2, [-1], True)
