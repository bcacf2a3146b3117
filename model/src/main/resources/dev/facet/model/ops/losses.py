# Contrastive losses over a batch of pairs, unit vectors images [N, E] and texts [N, E], and which
# of the other pairs are negatives of a pair.

# InfoNCE in both directions (van den Oord et al. 2018, "Representation learning with contrastive
# predictive coding", equation 4; Radford et al. 2021, "Learning transferable visual models from
# natural language supervision", figure 3).
# negatives [N, N] bool, true on the diagonal too -> scalar
def info_nce(images: Tensor, texts: Tensor, logit_scale: Tensor, negatives: Tensor) -> Tensor:
    logits = logit_scale.exp() * similarities(images, texts)
    logits = logits.masked_fill(negatives.logical_not(), -inf)
    matching = logits.diagonal()
    to_text = logits.logsumexp([1]) - matching
    to_image = logits.logsumexp([0]) - matching
    return (to_text.mean() + to_image.mean()) / 2


# InfoNCE at a temperature, which divides similarities.
def info_nce_over(images: Tensor, texts: Tensor, temperature: Tensor, negatives: Tensor) -> Tensor:
    return info_nce(images, texts, -temperature.log(), negatives)


# One yes-or-no question for each pair of the batch, the sum divided by N (Zhai et al. 2023,
# "Sigmoid loss for language image pre-training", algorithm 1).
def sigmoid_loss(
        images: Tensor, texts: Tensor, logit_scale: Tensor, logit_bias: Tensor,
        negatives: Tensor) -> Tensor:
    n = images.size(0)
    logits = logit_scale.exp() * similarities(images, texts) + logit_bias
    sign = torch.eye(n, dtype=torch.float32, device=images.device) * 2 - 1
    terms = F.logsigmoid(sign * logits).masked_fill(negatives.logical_not(), 0)
    return -terms.sum() / n


# [N, E] and [M, E] -> [N, M]
def similarities(images: Tensor, texts: Tensor) -> Tensor:
    return images.matmul(texts.t())


# Which pairs are negatives of each other, and each pair itself: those that agree in no id.
# ids [N, K], or [N] for K = 1 -> [N, N] bool
def distinct(ids: Tensor) -> Tensor:
    own = torch.eye(ids.size(0), dtype=torch.bool, device=ids.device)
    return same(ids).logical_not().logical_or(own)


# Which pairs agree in any id. -> [N, N] bool
def same(ids: Tensor) -> Tensor:
    rows = columns(ids)
    return (rows.unsqueeze(0) == rows.unsqueeze(1)).any(2)


# [N] or [N, K] -> [N, K]
def columns(ids: Tensor) -> Tensor:
    return ids.reshape([ids.size(0), -1])
