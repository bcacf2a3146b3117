# What happens to weights between two steps, in place. A weight that no gradient has reached has an
# undefined gradient, of no elements, and is passed over.

# Scales all gradients so that their global norm is at most the limit (Pascanu et al. 2013, "On the
# difficulty of training recurrent neural networks", section 3.2); 0 leaves them. -> the norm before
def clip_gradients(weights: List[Tensor], limit: float) -> Tensor:
    norms: List[Tensor] = []
    for i in range(len(weights)):
        gradient = weights[i].grad
        if gradient.numel() > 0:
            norms.append(torch.linalg_vector_norm(gradient))
    total = torch.linalg_vector_norm(torch.stack(norms))
    if limit > 0.:
        scale = (limit / (total + NORM_EPSILON)).clamp(max=1.)
        for i in range(len(weights)):
            if weights[i].grad.numel() > 0:
                weights[i].grad.mul_(scale)
    return total


# As torch.nn.utils.clip_grad_norm_ has it.
NORM_EPSILON = 1e-6


# One step of AdamW (Loshchilov and Hutter 2019, "Decoupled weight decay regularization", algorithm
# 2), then gradients to zero. The lists run in parallel; step is float32, from 1.
def adamw(
        weights: List[Tensor], first: List[Tensor], second: List[Tensor], step: Tensor, lr: float,
        beta1: float, beta2: float, decay: float, epsilon: float) -> None:
    seen: List[Tensor] = []
    gradients: List[Tensor] = []
    first_moments: List[Tensor] = []
    second_moments: List[Tensor] = []
    steps: List[Tensor] = []
    for i in range(len(weights)):
        gradient = weights[i].grad
        if gradient.numel() > 0:
            seen.append(weights[i])
            gradients.append(gradient)
            first_moments.append(first[i])
            second_moments.append(second[i])
            steps.append(step)
    maxima: List[Tensor] = []
    torch._fused_adamw_(
        seen, gradients, first_moments, second_moments, maxima, steps,
        lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon,
        amsgrad=False, maximize=False)
    for i in range(len(gradients)):
        gradients[i].zero_()


# Gradients to zero.
def clear_gradients(weights: List[Tensor]) -> None:
    for i in range(len(weights)):
        if weights[i].grad.numel() > 0:
            weights[i].grad.zero_()


# The largest absolute value of each array, or what is not finite in it. -> [arrays]
def peaks(arrays: List[Tensor]) -> Tensor:
    tops: List[Tensor] = []
    for i in range(len(arrays)):
        tops.append(torch.linalg_vector_norm(arrays[i], inf))
    return torch.stack(tops)


# Copies become momentum copy + (1 - momentum) weight (He et al. 2020, "Momentum contrast for
# unsupervised visual representation learning", equation 2).
def follow(copies: List[Tensor], weights: List[Tensor], momentum: float) -> None:
    for i in range(len(copies)):
        copies[i].mul_(momentum).add_(weights[i], alpha=1. - momentum)


def clamp(x: Tensor, low: float, high: float) -> None:
    x.clamp_(low, high)


def assign(x: Tensor, values: Tensor) -> None:
    x.copy_(values)


def copy(x: Tensor) -> Tensor:
    return x.clone()


def host_copy(x: Tensor) -> Tensor:
    return x.to(torch.device("cpu"), None, False, True)


# Rows as columns, in memory of their own.
def transposed(x: Tensor) -> Tensor:
    return x.t().contiguous()


# Rows in this order; any may come several times.
def rows(x: Tensor, places: Tensor) -> Tensor:
    return x.index_select(0, places)


# weight + scale * up down: an adapter becomes part of the weight that it stands beside.
def merge(weight: Tensor, down: Tensor, up: Tensor, scale: float) -> Tensor:
    return torch.addmm(weight, up, down, beta=1, alpha=scale)
