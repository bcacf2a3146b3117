# Contrastive losses of unit vectors, images [N, E] and texts [N, E], and what other pairs are to a
# pair. Each function sees rows [first, first + rows) of one side beside all of the other, so a large
# batch goes tile by tile; what the tiles give adds up to the loss of the batch.

# One direction of InfoNCE (van den Oord et al. 2018, "Representation learning with contrastive
# predictive coding", equation 4; Radford et al. 2021, "Learning transferable visual models from
# natural language supervision", figure 3), half of its mean over all N rows. ids [N, K]
def info_nce_side(
        own: Tensor, others: Tensor, log_scale: Tensor, ids: Tensor, first: int, rows: int,
        duplicates: int, smoothing: float) -> Tensor:
    right = right_answers(ids, first, rows, duplicates)
    left_out = left_out_of(ids, first, rows, duplicates)
    seen = own.narrow(0, first, rows)
    return cross_entropy(seen, others, log_scale, right, left_out, smoothing) / (2 * own.size(0))


# The sum over rows of the cross-entropy between the softmax of s own . others^T and the row's right
# answers, each of the same weight (as in ALBEF's model_retrieval.py). smoothing: share of the
# targets that goes to all that is not left out, evenly (Szegedy et al. 2016, "Rethinking the
# inception architecture for computer vision", section 7).
# own [C, E], others [N, E], right, left_out [C, N] bool -> scalar
def cross_entropy(
        own: Tensor, others: Tensor, log_scale: Tensor, right: Tensor, left_out: Tensor,
        smoothing: float) -> Tensor:
    logits = log_scale.exp() * similarities(own, others)
    logits = logits.masked_fill(left_out, -inf)
    answer = mean_where(logits, right)
    if smoothing > 0.:
        every = mean_where(logits, left_out.logical_not())
        answer = answer * (1. - smoothing) + every * smoothing
    return (logits.logsumexp([1]) - answer).sum()


# One yes-or-no question for each pair of the batch, the sum divided by N (Zhai et al. 2023,
# "Sigmoid loss for language image pre-training", algorithm 1).
def sigmoid_rows(
        images: Tensor, texts: Tensor, log_scale: Tensor, bias: Tensor, ids: Tensor, first: int,
        rows: int, duplicates: int) -> Tensor:
    logits = log_scale.exp() * similarities(images.narrow(0, first, rows), texts) + bias
    sign = right_answers(ids, first, rows, duplicates).to(torch.float32) * 2 - 1
    left_out = left_out_of(ids, first, rows, duplicates)
    terms = F.logsigmoid(sign * logits).masked_fill(left_out, 0)
    return -terms.sum() / texts.size(0)


# One direction of distillation, half the mean over all N rows of the cross-entropy between a
# teacher's softmax and one's own (Hinton et al. 2015, "Distilling the knowledge in a neural
# network", section 2; open_clip, loss.py, DistillClipLoss).
# own, others [N, E], teacher_own, teacher_others [N, F] -> scalar
def imitation_side(
        own: Tensor, others: Tensor, log_scale: Tensor, teacher_own: Tensor,
        teacher_others: Tensor, teacher_scale: float, first: int, rows: int) -> Tensor:
    logits = log_scale.exp() * similarities(own.narrow(0, first, rows), others)
    theirs = similarities(teacher_own.narrow(0, first, rows), teacher_others) * teacher_scale
    return -(theirs.softmax(1) * logits.log_softmax(1)).sum() / (2 * others.size(0))


# The logarithm of the scale that a temperature, which divides similarities, stands for.
def log_scale_of(temperature: Tensor) -> Tensor:
    return -temperature.log()


# [N, E] and [M, E] -> [N, M]
def similarities(images: Tensor, texts: Tensor) -> Tensor:
    return images.matmul(texts.t())


# The mean of each row over the places where it counts. x, where [C, N] -> [C]
def mean_where(x: Tensor, where: Tensor) -> Tensor:
    return x.masked_fill(where.logical_not(), 0).sum([1]) / where.sum([1])


# Which answers are right for each row: its own pair, and copies where they share. -> [rows, N] bool
def right_answers(ids: Tensor, first: int, rows: int, duplicates: int) -> Tensor:
    if duplicates == Duplicates.SHARE:
        right = same(ids, first, rows)
    else:
        right = own_places(ids, first, rows)
    return right


# Which answers are neither right nor wrong. -> [rows, N] bool
def left_out_of(ids: Tensor, first: int, rows: int, duplicates: int) -> Tensor:
    if duplicates == Duplicates.MASK:
        left_out = copies(ids, first, rows)
    else:
        left_out = torch.zeros([rows, ids.size(0)], dtype=torch.bool, device=ids.device)
    return left_out


# Which other pairs are copies of a pair: those that agree with it in an id.
# ids [N, K], or [N] for K = 1 -> [rows, N] bool
def copies(ids: Tensor, first: int, rows: int) -> Tensor:
    return same(ids, first, rows).logical_and(own_places(ids, first, rows).logical_not())


# Which pairs agree in any id, each pair with itself too. -> [rows, N] bool
def same(ids: Tensor, first: int, rows: int) -> Tensor:
    numbers = columns(ids)
    return (numbers.narrow(0, first, rows).unsqueeze(1) == numbers.unsqueeze(0)).any(2)


# Where each row meets its own pair. -> [rows, N] bool
def own_places(ids: Tensor, first: int, rows: int) -> Tensor:
    places = torch.arange(ids.size(0), dtype=torch.int64, device=ids.device)
    return places.narrow(0, first, rows).unsqueeze(1) == places.unsqueeze(0)


# [N] or [N, K] -> [N, K]
def columns(ids: Tensor) -> Tensor:
    return ids.reshape([ids.size(0), -1])
