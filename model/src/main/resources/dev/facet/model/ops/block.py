# A pre-norm transformer block, as in CLIP's and SigLIP's towers (Radford et al. 2019, "Language
# models are unsupervised multitask learners", section 2.3):
#
#     y = x + attention(norm1(x));  y + mlp(norm2(y))
#
# One call computes a whole block.

# x [N, T, D] -> [N, T, D]
def block(
        x: Tensor, weights: List[Tensor], heads: int, causal: bool, activation: int, epsilon: float,
        dtype: int) -> Tensor:
    none: List[Tensor] = []
    return adapted_block(x, weights, none, 1., 0., heads, causal, activation, epsilon, dtype)


# The block with low-rank maps beside its linear ones.
def adapted_block(
        x: Tensor, weights: List[Tensor], adapters: List[Tensor], scale: float, dropout: float,
        heads: int, causal: bool, activation: int, epsilon: float, dtype: int) -> Tensor:
    (norm1, norm1_bias, q, q_bias, k, k_bias, v, v_bias, out, out_bias,
     norm2, norm2_bias, fc1, fc1_bias, fc2, fc2_bias) = weights

    a = layer_norm(x, norm1, norm1_bias, epsilon)
    qkv = linear(a, torch.cat([q, k, v]), torch.cat([q_bias, k_bias, v_bias]), dtype)
    qkv = adapted_qkv(qkv, a, adapters, scale, dropout, dtype)
    attended = attention(qkv, heads, causal)
    attended_out = linear(attended, out, out_bias, dtype)
    attended_out = adapted(attended_out, attended, adapters, OUT_ADAPTER, scale, dropout, dtype)
    y = x + attended_out.to(torch.float32)

    b = layer_norm(y, norm2, norm2_bias, epsilon)
    z = mlp(b, fc1, fc1_bias, fc2, fc2_bias, activation, dtype, adapters, scale, dropout)
    return y + z.to(torch.float32)
