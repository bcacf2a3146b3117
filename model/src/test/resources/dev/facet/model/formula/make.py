"""Makes the reference numbers of this folder with transformers: python make.py [NAME ...]; see README.md."""
import json, sys
import numpy as np
import torch
from transformers import CLIPConfig, CLIPModel, MetaClip2Config, MetaClip2Model, SiglipConfig, SiglipModel

PLACES = 7  # features are kept at every seventh place


def unit(name, n):
    """n numbers in [-1, 1) that belong to a name."""
    seed = 0xcbf29ce484222325
    for byte in name.encode():
        seed = (seed ^ byte) * 0x100000001b3 % 2**64
    z = np.uint64(seed) + np.arange(1, n + 1, dtype=np.uint64) * np.uint64(0x9e3779b97f4a7c15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xbf58476d1ce4e5b9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94d049bb133111eb)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(40)) / 2.0**23 - 1


def values(name, shape):
    u = unit(name, int(np.prod(shape, dtype=np.int64)))
    if name in ("logit_scale", "logit_bias"):
        u = {"logit_scale": 2.5, "logit_bias": -8.0}[name] + 0 * u
    elif "norm" in name.lower():
        u = 0.1 * u + (1.0 if name.endswith("weight") else 0.0)
    elif len(shape) < 2 or "embeddings.tok" in name or "embeddings.pos" in name:
        u = 0.1 * u
    else:
        u = u * np.sqrt(3.0 / np.prod(shape[1:], dtype=np.int64))
    return torch.from_numpy(u.astype(np.float32).reshape(shape))


def tower(width, inner, heads, **more):
    return dict(hidden_size=width, intermediate_size=inner, num_attention_heads=heads, num_hidden_layers=1, **more)


def clip(batch, vision, text, embed, **more):
    w, inner, heads, image, patch = vision
    tw, tinner, theads, tokens = text
    ends = dict(dict(vocab_size=200, bos_token_id=198, eos_token_id=199, pad_token_id=0), **more)
    act = ends.pop("act", "quick_gelu")
    kind = ends.pop("kind", "clip")
    return batch, dict(model_type=kind, projection_dim=embed,
                       vision_config=tower(w, inner, heads, image_size=image, patch_size=patch, hidden_act=act),
                       text_config=tower(tw, tinner, theads, max_position_embeddings=tokens, hidden_act=act, **ends))


def siglip(batch, vision, text):
    w, inner, heads, image, patch = vision
    tw, tinner, theads, tokens = text
    act = dict(hidden_act="gelu_pytorch_tanh", layer_norm_eps=1e-6)
    return batch, dict(model_type="siglip", vision_config=tower(w, inner, heads, image_size=image, patch_size=patch, **act),
                       text_config=tower(tw, tinner, theads, max_position_embeddings=tokens, vocab_size=200,
                                         projection_size=w, eos_token_id=1, pad_token_id=1, **act))


MODELS = {
    "b32": clip(4, (768, 3072, 12, 224, 32), (512, 2048, 8, 77), 512),
    "b16": clip(2, (768, 3072, 12, 224, 16), (512, 2048, 8, 77), 512),
    "l14": clip(2, (1024, 4096, 16, 224, 14), (768, 3072, 12, 77), 768),
    "h14": clip(2, (1280, 5120, 16, 224, 14), (1024, 4096, 16, 77), 1024, act="gelu"),
    "g14": clip(2, (1408, 6144, 16, 224, 14), (1024, 4096, 16, 77), 1024, act="gelu"),
    "bigg14": clip(2, (1664, 8192, 16, 224, 14), (1280, 5120, 20, 77), 1280, act="gelu"),
    "small": clip(25, (256, 1024, 8, 96, 12), (256, 1024, 8, 64), 256),
    "tiny": clip(48, (128, 512, 4, 64, 8), (128, 512, 4, 48), 128),
    "odd40": clip(7, (40, 160, 5, 40, 8), (44, 176, 4, 20), 28),
    "odd72": clip(24, (72, 288, 6, 64, 8), (88, 352, 4, 24), 40),
    "odd176": clip(24, (176, 704, 8, 64, 8), (80, 320, 5, 24), 48, act="gelu_new"),
    "siglip-b16": siglip(2, (768, 3072, 12, 224, 16), (768, 3072, 12, 64)),
    "siglip-so400m": siglip(2, (1152, 4304, 16, 224, 14), (1152, 4304, 16, 64)),
    "highest": clip(5, (48, 192, 4, 32, 8), (40, 160, 4, 12), 32, eos_token_id=2, bos_token_id=0, pad_token_id=1),
    "first-two": clip(5, (48, 192, 4, 32, 8), (40, 160, 4, 12), 32, eos_token_id=2, kind="metaclip_2"),
}


def inputs(batch, config):
    side, text = config["vision_config"]["image_size"], config["text_config"]
    pixels = torch.from_numpy((1.5 * unit("pixel_values", batch * 3 * side * side)).astype(np.float32))
    length = text["max_position_embeddings"]
    ids = np.floor((unit("input_ids", batch * length) + 1) / 2 * 195).astype(np.int64) + 3
    ids = ids.reshape(batch, length)
    for row in range(batch):
        if config["model_type"] != "siglip":
            at = 2 + row % (length - 3)  # the end, of which a caption has a second one
            ids[row, at] = ids[row, length - 1] = text["eos_token_id"]
    return pixels.reshape(batch, 3, side, side), torch.from_numpy(ids)


def make(name):
    batch, config = MODELS[name]
    kind, config_kind = {"clip": (CLIPModel, CLIPConfig), "siglip": (SiglipModel, SiglipConfig),
                         "metaclip_2": (MetaClip2Model, MetaClip2Config)}[config["model_type"]]
    model = kind(config_kind(**{k: v for k, v in config.items() if k != "model_type"})).eval()
    with torch.no_grad():
        for n, p in model.named_parameters():
            p.copy_(values(n, tuple(p.shape)))
    pixels, ids = inputs(batch, config)
    out = model(input_ids=ids, pixel_values=pixels)
    images, texts = (e / e.norm(dim=-1, keepdim=True) for e in (out.image_embeds, out.text_embeds))
    logits = model.logit_scale.exp() * images @ texts.t()
    if config["model_type"] == "siglip":
        sign = 2 * torch.eye(batch) - 1
        loss = -torch.nn.functional.logsigmoid(sign * (logits + model.logit_bias)).sum() / batch
    else:
        right = torch.arange(batch)
        cross = torch.nn.functional.cross_entropy
        loss = (cross(logits, right) + cross(logits.t(), right)) / 2
    loss.backward()
    gradients = {}
    for n, p in model.named_parameters():
        g = p.grad.double()
        along = torch.from_numpy(unit("along " + n, g.numel()))
        gradients[n] = [float(f"{g.norm():.6e}"), float(f"{(g.flatten() @ along):.6e}")]
    kept = lambda x: [float(f"{v:.8f}") for v in x.detach().flatten()[::PLACES]]
    with open(name + ".json", "w") as file:
        lines = [f'"{n}": {json.dumps(v)}' for n, v in gradients.items()]
        file.write('{"config": %s,\n"batch": %d,\n"loss": %.8f,\n"image": %s,\n"text": %s,\n"gradients": {\n%s\n}}\n' % (
            json.dumps(config), batch, loss.item(), kept(images), kept(texts), ",\n".join(lines)))
    print(name, loss.item())


for each in sys.argv[1:] or MODELS:
    make(each)
