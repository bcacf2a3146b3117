# What all transformer blocks are made of: linear maps with adapters beside them, norms, attention,
# and the two maps with a non-linearity between them.
#
# Weights are float32. Matrix products are computed in dtype and stay in it; whoever adds a result
# to the residual stream, which is float32, converts it.

# Libtorch's own linear map, never a convolution: those are wrong, or die, at some widths on some
# processors (docs/architecture.md, "Model").
def linear(x: Tensor, weight: Tensor, bias: Tensor, dtype: int) -> Tensor:
    return F.linear(x.to(dtype), weight.to(dtype), bias.to(dtype))


def linear_unbiased(x: Tensor, weight: Tensor, dtype: int) -> Tensor:
    return F.linear(x.to(dtype), weight.to(dtype))


# y + scale * B A dropout(x), with A and B at a place of adapters and the one behind it (Hu et al.
# 2022, "LoRA", section 4.1). No adapters at all, or an empty A: y as it is.
def adapted(
        y: Tensor, x: Tensor, adapters: List[Tensor], place: int, scale: float, dropout: float,
        dtype: int) -> Tensor:
    if len(adapters) > 0 and adapters[place].numel() > 0:
        seen = row_dropout(x.to(dtype), adapters[ROW_SEEDS], place, dropout)
        inner = F.linear(seen, adapters[place].to(dtype))
        y = torch.add(y, F.linear(inner, adapters[place + 1].to(dtype)), alpha=scale)
    return y


# Dropout whose mask is each row's own: it follows from the row's seed and the place of the map, so it
# is the same whichever rows stand beside it. x [N, T, D], seeds [N] int64 on the CPU
def row_dropout(x: Tensor, seeds: Tensor, place: int, dropout: float) -> Tensor:
    if dropout > 0.:
        kept = torch.empty_like(x)
        for i in range(x.size(0)):
            torch.manual_seed(int(seeds[i]) + place)
            kept[i].bernoulli_(1. - dropout)
        x = x * kept / (1. - dropout)
    return x


# As adapted, for queries, keys and values side by side, [N, T, 3 D].
def adapted_qkv(
        qkv: Tensor, x: Tensor, adapters: List[Tensor], scale: float, dropout: float,
        dtype: int) -> Tensor:
    if len(adapters) > 0:
        width = x.size(2)
        q = qkv.narrow(2, 0, width)
        k = qkv.narrow(2, width, width)
        v = qkv.narrow(2, 2 * width, width)
        q = adapted(q, x, adapters, QUERY_ADAPTER, scale, dropout, dtype)
        k = adapted(k, x, adapters, KEY_ADAPTER, scale, dropout, dtype)
        v = adapted(v, x, adapters, VALUE_ADAPTER, scale, dropout, dtype)
        qkv = torch.cat([q, k, v], 2)
    return qkv


# Where A of each linear map stands among a block's adapters; B stands behind it.
QUERY_ADAPTER = 0
KEY_ADAPTER = 2
VALUE_ADAPTER = 4
OUT_ADAPTER = 6
FC1_ADAPTER = 8
FC2_ADAPTER = 10

# And behind all of them, what each row's dropout follows from.
ROW_SEEDS = 12


# Over the last axis (Ba et al. 2016, "Layer normalization", section 3.1).
def layer_norm(x: Tensor, weight: Tensor, bias: Tensor, epsilon: float) -> Tensor:
    return torch.layer_norm(x, [x.size(-1)], weight, bias, epsilon)


# softmax(Q K^T / sqrt(d)) V for each head (Vaswani et al. 2017, "Attention is all you need",
# section 3.2). causal: each token attends to itself and those before it.
# qkv [N, T, 3 D] -> [N, T, D]
def attention(qkv: Tensor, heads: int, causal: bool) -> Tensor:
    split = split_heads(qkv, 3, heads)
    q, k, v = split[0], split[1], split[2]
    return merge_heads(F.scaled_dot_product_attention(q, k, v, None, 0., causal))


# As attention, each token attending to all but padding. ids [N, T]
def padded_attention(qkv: Tensor, ids: Tensor, pad: int, heads: int) -> Tensor:
    # BERT adds a number to the scores, where a mask would make rows of padding alone NaN.
    hidden = (ids == pad).to(qkv.dtype) * PADDING_SCORE
    mask = hidden.unsqueeze(1).unsqueeze(1)
    split = split_heads(qkv, 3, heads)
    q, k, v = split[0], split[1], split[2]
    return merge_heads(F.scaled_dot_product_attention(q, k, v, mask))


PADDING_SCORE = -10000.


# As attention, each token of q attending to all others. q [N, T, D], kv [N, S, 2 D] -> [N, T, D]
def cross_attention(q: Tensor, kv: Tensor, heads: int) -> Tensor:
    query = split_heads(q, 1, heads)[0]
    split = split_heads(kv, 2, heads)
    return merge_heads(F.scaled_dot_product_attention(query, split[0], split[1]))


# [N, T, parts D] -> [parts, N, heads, T, D / heads]
def split_heads(x: Tensor, parts: int, heads: int) -> Tensor:
    each = x.size(2) // (parts * heads)
    return x.reshape([x.size(0), x.size(1), parts, heads, each]).permute([2, 0, 3, 1, 4])


# [N, heads, T, D / heads] -> [N, T, D]
def merge_heads(x: Tensor) -> Tensor:
    return x.transpose(1, 2).reshape([x.size(0), x.size(2), x.size(1) * x.size(3)])


# The non-linearity. Quick GELU is x sigmoid(1.702 x) = silu(1.702 x) / 1.702 (Hendrycks and Gimpel
# 2016, "Gaussian error linear units", section 2); mlp puts the factor and the divisor elsewhere.
def activated(x: Tensor, activation: int) -> Tensor:
    if activation == Activation.QUICK_GELU:
        y = F.silu(x)
    elif activation == Activation.GELU:
        y = F.gelu(x)
    else:
        y = F.gelu(x, approximate="tanh")
    return y


QUICK_GELU_SLOPE = 1.702


# fc2 of the non-linearity of fc1. Quick GELU's factor goes into the weights of fc1 and its divisor
# into those of fc2, which saves two passes over the widest tensor of the model.
def mlp(
        x: Tensor, fc1: Tensor, fc1_bias: Tensor, fc2: Tensor, fc2_bias: Tensor, activation: int,
        dtype: int, adapters: List[Tensor], scale: float, dropout: float) -> Tensor:
    before, behind = scale, scale
    if activation == Activation.QUICK_GELU:
        fc1, fc1_bias = fc1 * QUICK_GELU_SLOPE, fc1_bias * QUICK_GELU_SLOPE
        fc2 = fc2 / QUICK_GELU_SLOPE
        before, behind = scale * QUICK_GELU_SLOPE, scale / QUICK_GELU_SLOPE
    hidden = linear(x, fc1, fc1_bias, dtype)
    hidden = adapted(hidden, x, adapters, FC1_ADAPTER, before, dropout, dtype)
    hidden = activated(hidden, activation)
    y = linear(hidden, fc2, fc2_bias, dtype)
    return adapted(y, hidden, adapters, FC2_ADAPTER, behind, dropout, dtype)
