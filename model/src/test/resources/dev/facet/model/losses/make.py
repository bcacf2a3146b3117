"""Writes more.safetensors: losses and gradients that losses.safetensors has not, from its inputs.

Float64 throughout, straight from the definitions. Needs torch and safetensors: python make.py
"""

import torch
from safetensors.torch import load_file, save_file

inputs = load_file("losses.safetensors")
N = 24
images0, texts0 = inputs["image_features"].double(), inputs["text_features"].double()
masked_texts0 = inputs["masked.text_features"].double()
# Another model's features of the same pairs.
generator = torch.Generator().manual_seed(14)
teacher = torch.nn.functional.normalize(torch.randn(2, N, 20, generator=generator), dim=-1)
TEACHER_SCALE = 8.0
captions = inputs["masked.caption_id"]
same = captions[:, None] == captions[None, :]
own = torch.eye(N, dtype=torch.bool)
out = {"teacher_images": teacher[0].clone(), "teacher_texts": teacher[1].clone()}


def cross_entropy(logits, targets):
    logs = logits - torch.logsumexp(logits, 1, keepdim=True)
    return -(targets * torch.where(targets > 0, logs, torch.zeros_like(logs))).sum(1).mean()


def both(logits, targets):
    return (cross_entropy(logits, targets) + cross_entropy(logits.T, targets)) / 2


def smoothed(logits, right, left_out, share):
    logits = logits.masked_fill(left_out, -torch.inf)
    hard = right.double() / right.sum(1, keepdim=True)
    even = left_out.logical_not().double() / left_out.logical_not().sum(1, keepdim=True)
    return both(logits, hard * (1 - share) + even * share)


def imitation(logits):
    theirs = TEACHER_SCALE * teacher[0].double() @ teacher[1].double().T
    to_text = cross_entropy(logits, theirs.softmax(1))
    return (to_text + cross_entropy(logits.T, theirs.T.softmax(1))) / 2


def sigmoid(logits, right, left_out):
    terms = torch.nn.functional.logsigmoid(torch.where(right, logits, -logits))
    return -terms.masked_fill(left_out, 0).sum() / N


def case(name, texts, loss, biased=False):
    i, t = images0.clone().requires_grad_(), texts.clone().requires_grad_()
    scale = inputs["logit_scale"].double().requires_grad_()
    bias = inputs["logit_bias"].double().requires_grad_()
    value = loss(scale.exp() * i @ t.T + (bias if biased else 0))
    value.backward()
    out[name + ".loss"] = value.detach().float()
    out[name + ".grad_image"], out[name + ".grad_text"] = i.grad.float(), t.grad.float()
    out[name + ".grad_logit_scale"] = scale.grad.float()
    if biased:
        out[name + ".grad_logit_bias"] = bias.grad.float()


none = torch.zeros_like(own)
case("smooth", texts0, lambda x: smoothed(x, own, none, 0.1))
case("smooth_masked", masked_texts0, lambda x: smoothed(x, own, same & ~own, 0.1))
case("smooth_shared", masked_texts0, lambda x: smoothed(x, same, none, 0.1))
case("shared", masked_texts0, lambda x: smoothed(x, same, none, 0.0))
case("siglip_masked", masked_texts0, lambda x: sigmoid(x, own, same & ~own), True)
case("siglip_shared", masked_texts0, lambda x: sigmoid(x, same, none), True)
case("distilled", texts0, imitation)
save_file(out, "more.safetensors")
