# FLIP's pre-training: ALBEF's contrast with a momentum encoder and queues, and the matching of
# pairs that are read together (Li et al. 2021, "Align before fuse", section 3.2 and 3.3).

# The mean over both directions. features: images, texts, and both from the momentum encoder, unit
# vectors [N, E]. queues: earlier momentum features of images and texts, [E, Q], and their ids,
# [1, Q]. Pairs that agree in an id are no negatives of each other. -> scalar
def distilled_contrast(
        ids: Tensor, features: List[Tensor], queues: List[Tensor], temperature: Tensor,
        alpha: float) -> Tensor:
    images, texts, momentum_images, momentum_texts = features
    image_queue, text_queue, id_queue = queues
    left_out = torch.cat([copies(ids, 0, ids.size(0)), queued(ids, id_queue)], 1)
    all_images = torch.cat([momentum_images.t(), image_queue], 1)
    all_texts = torch.cat([momentum_texts.t(), text_queue], 1)
    to_text = distilled_side(images, momentum_images, all_texts, left_out, temperature, alpha)
    to_image = distilled_side(texts, momentum_texts, all_images, left_out, temperature, alpha)
    return (to_text + to_image) / 2


# Cross-entropy against alpha softmax(momentum similarities) + (1 - alpha) identity (equation 6 of
# the paper). own, momentum [N, E], others [E, N + Q], left_out [N, N + Q] bool
def distilled_side(
        own: Tensor, momentum: Tensor, others: Tensor, left_out: Tensor, temperature: Tensor,
        alpha: float) -> Tensor:
    slow = (momentum.matmul(others) / temperature).masked_fill(left_out, -inf)
    soft = slow.detach().softmax(1)
    hard = torch.eye(own.size(0), others.size(1), dtype=torch.float32, device=own.device)
    targets = soft * alpha + hard * (1. - alpha)
    logits = (own.matmul(others) / temperature).masked_fill(left_out, -inf)
    # What is left out has a target of zero, and 0 * -inf would be NaN.
    logs = logits.log_softmax(1).masked_fill(left_out, 0)
    return -(logs * targets).sum([1]).mean()


# Each row's softmax over similarities to the rows that agree in no id; NaN where there are none.
# own, others [N, E] -> [N, N]
def negative_chances(own: Tensor, others: Tensor, temperature: Tensor, ids: Tensor) -> Tensor:
    alike = same(ids, 0, ids.size(0))
    return (similarities(own, others) / temperature).masked_fill(alike, -inf).softmax(1)


# The mean cross-entropy of answers, logits [N, 2]: no, yes. The first rows' right answer is yes.
def match_loss(logits: Tensor, matches: int) -> Tensor:
    logs = logits.log_softmax(1)
    yes = logs.select(1, 1).narrow(0, 0, matches)
    no = logs.select(1, 0).narrow(0, matches, logits.size(0) - matches)
    return -torch.cat([yes, no]).mean()


# Overwrites columns of the queues from the pointer on, round their end, and moves the pointer [1].
def enqueue(
        image_queue: Tensor, text_queue: Tensor, id_queue: Tensor, pointer: Tensor, images: Tensor,
        texts: Tensor, ids: Tensor) -> None:
    n, length = images.size(0), image_queue.size(1)
    places = (torch.arange(n, dtype=torch.int64, device=images.device) + pointer).remainder(length)
    image_queue.index_copy_(1, places, images.t())
    text_queue.index_copy_(1, places, texts.t())
    id_queue.index_copy_(1, places, queue_ids(ids).unsqueeze(0).to(torch.int64))
    pointer.copy_((pointer + n).remainder(length))


# Which pairs of a queue agree with a pair in an id. -> [N, Q] bool
def queued(ids: Tensor, id_queue: Tensor) -> Tensor:
    own = queue_ids(ids).unsqueeze(1)
    if columns(ids).size(1) > 1:
        same_image = high_half(own) == high_half(id_queue)
        found = same_image.logical_or(low_half(own) == low_half(id_queue))
    else:
        found = own == id_queue
    return found


# One number for each pair, as FLIP's checkpoints keep it: its id, or of two ids the upper half of
# the first (its picture's) and the lower half of the second (its caption's). -> [N]
def queue_ids(ids: Tensor) -> Tensor:
    rows = columns(ids)
    packed = rows.select(1, 0)
    if rows.size(1) > 1:
        packed = high_half(packed) + low_half(rows.select(1, 1))
    return packed


def low_half(ids: Tensor) -> Tensor:
    return ids.remainder(TWO_TO_THE_32)


def high_half(ids: Tensor) -> Tensor:
    return ids - low_half(ids)


TWO_TO_THE_32 = 4294967296
