# What the fused operations are made of, alone, from float32 to float32, so that each can be held
# against a right answer. They call the same functions as the blocks do.

def linear_part(x: Tensor, weight: Tensor, bias: Tensor, dtype: int) -> Tensor:
    return linear(x, weight, bias, dtype).to(torch.float32)


def unbiased_part(x: Tensor, weight: Tensor, dtype: int) -> Tensor:
    return linear_unbiased(x, weight, dtype).to(torch.float32)


def attention_part(qkv: Tensor, heads: int, causal: bool, dtype: int) -> Tensor:
    return attention(qkv.to(dtype), heads, causal).to(torch.float32)


def padded_attention_part(qkv: Tensor, ids: Tensor, heads: int, pad: int, dtype: int) -> Tensor:
    return padded_attention(qkv.to(dtype), ids, pad, heads).to(torch.float32)


def cross_attention_part(q: Tensor, kv: Tensor, heads: int, dtype: int) -> Tensor:
    return cross_attention(q.to(dtype), kv.to(dtype), heads).to(torch.float32)


def activation_part(x: Tensor, activation: int, dtype: int) -> Tensor:
    return activated(x.to(dtype), activation).to(torch.float32)
