# What goes into the towers: pictures as rows of patches, captions as rows of token vectors.

# Bytes to normalised pixels: out[n, c, y, x] = colour[n, c, 0:3] . rgb[n, y, x] + colour[n, c, 3].
# images [N, H, W, 3] uint8, colour [N, 3, 4] -> [N, 3, H, W]
def pixels(images: Tensor, colour: Tensor) -> Tensor:
    n, height, width = images.size(0), images.size(1), images.size(2)
    rgb = images.to(torch.float32).reshape([n, height * width, 3]).transpose(1, 2)
    matrix, offset = colour.narrow(2, 0, 3), colour.narrow(2, 3, 1)
    return torch.baddbmm(offset, matrix, rgb).reshape([n, 3, height, width])


# Squares of the picture as rows, in reading order; what is left at the right and below is cut off,
# as a convolution with a stride would. [N, 3, H, W] -> [N, H/P * W/P, 3 P P]
def patches(pixels: Tensor, side: int) -> Tensor:
    n = pixels.size(0)
    rows, columns = pixels.size(2) // side, pixels.size(3) // side
    whole = pixels.narrow(2, 0, rows * side).narrow(3, 0, columns * side)
    grid = whole.reshape([n, 3, rows, side, columns, side]).permute([0, 2, 4, 1, 3, 5])
    return grid.reshape([n, rows * columns, 3 * side * side])


# Patches projected behind a class token, plus position (Dosovitskiy et al. 2021, "An image is worth
# 16x16 words", equation 1). weight [D, 3, P, P] -> [N, 1 + patches, D]
def embed_patches(
        pixels: Tensor, weight: Tensor, class_token: Tensor, position: Tensor,
        dtype: int) -> Tensor:
    width, side = weight.size(0), weight.size(2)
    rows = linear_unbiased(patches(pixels, side), weight.reshape([width, 3 * side * side]), dtype)
    first = class_token.reshape([1, 1, width]).expand([pixels.size(0), 1, width])
    return torch.cat([first, rows.to(torch.float32)], 1) + position


# As embed_patches without a class token, with a bias, as SigLIP does it. -> [N, patches, D]
def embed_grid(
        pixels: Tensor, weight: Tensor, bias: Tensor, position: Tensor, dtype: int) -> Tensor:
    width, side = weight.size(0), weight.size(2)
    rows = linear(patches(pixels, side), weight.reshape([width, 3 * side * side]), bias, dtype)
    return rows.to(torch.float32) + position


# The first tokens of each row, then those at the given places (patch dropout; Li et al. 2023,
# "Scaling language-image pre-training via masking", section 3).
# x [N, T, D], places [N, K] -> [N, first + K, D]
def keep_tokens(x: Tensor, places: Tensor, first: int) -> Tensor:
    index = places.unsqueeze(-1).expand([places.size(0), places.size(1), x.size(2)])
    return torch.cat([x.narrow(1, 0, first), x.gather(1, index)], 1)


# A square table of positions for a grid of another side, bicubic; rows before the grid's stay.
# smooth: low-pass what shrinks. table [first + own^2, D] -> [first + side^2, D]
def resize_positions(table: Tensor, first: int, side: int, smooth: bool) -> Tensor:
    width = table.size(1)
    places = table.size(0) - first
    own = int(torch.tensor(places).sqrt().round())
    grid = table.narrow(0, first, places).reshape([1, own, own, width]).permute([0, 3, 1, 2])
    if smooth:
        resized = torch._upsample_bicubic2d_aa(grid, [side, side], False)
    else:
        resized = torch.upsample_bicubic2d(grid, [side, side], False)
    rows = resized.permute([0, 2, 3, 1]).reshape([side * side, width])
    return torch.cat([table.narrow(0, 0, first), rows])


# A table of positions [T, D] for other lengths, as Long-CLIP stretches them (Zhang et al. 2024,
# section 3.2): the first are kept, the others lie further apart, and those behind the last go on
# in the direction of the last two.
def stretch_positions(table: Tensor, kept: int, places: int) -> Tensor:
    own = table.size(0)
    if places <= own:
        return table.narrow(0, 0, places).clone()
    ratio = (own - kept) / (places - kept)
    at = torch.arange(places - kept).to(table.dtype) * ratio + kept
    lower = at.floor().clamp(0, own - 2)
    share = (at - lower).unsqueeze(1)
    before = table.index_select(0, lower.long())
    after = table.index_select(0, lower.long() + 1)
    return torch.cat([table.narrow(0, 0, kept), before + share * (after - before)])


# ids [N, T], table [V, D], position [at least T, D] -> [N, T, D]
def embed_tokens(ids: Tensor, table: Tensor, position: Tensor) -> Tensor:
    return torch.embedding(table, ids) + position.narrow(0, 0, ids.size(1))


# Tokens as BERT begins: embedded, placed, normalised (Devlin et al. 2019, "BERT", section 3).
def embed_words(ids: Tensor, weights: List[Tensor], epsilon: float) -> Tensor:
    table, position, norm_weight, norm_bias = weights
    return layer_norm(embed_tokens(ids, table, position), norm_weight, norm_bias, epsilon)


# Token ids with another id in the first column.
def replace_first(ids: Tensor, token: int) -> Tensor:
    first = torch.full_like(ids.narrow(1, 0, 1), token)
    return torch.cat([first, ids.narrow(1, 1, ids.size(1) - 1)], 1)
