# All dot products of two sets of vectors.

# queries [N, E], candidates [M, E], into out [N, M], whose memory is there already
def products(out: Tensor, queries: Tensor, candidates: Tensor) -> None:
    torch.mm(queries, candidates.t(), out=out)
