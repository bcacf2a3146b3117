class Ops(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def pixels(self: __torch__.Ops, images: Tensor, colour: Tensor) -> Tensor:
    n = torch.size(images, 0)
    h = torch.size(images, 1)
    w = torch.size(images, 2)
    rgb = torch.transpose(torch.reshape(torch.to(images, 6), [n, h * w, 3]), 1, 2)
    matrix = torch.slice(colour, 2, 0, 3)
    offset = torch.slice(colour, 2, 3, 4)
    return torch.reshape(torch.baddbmm(offset, matrix, rgb), [n, 3, h, w])
  def patches(self: __torch__.Ops, pixels: Tensor, p: int) -> Tensor:
    n = torch.size(pixels, 0)
    rows = torch.floordiv(torch.size(pixels, 2), p)
    cols = torch.floordiv(torch.size(pixels, 3), p)
    whole = torch.slice(torch.slice(pixels, 2, 0, rows * p), 3, 0, cols * p)
    grid = torch.reshape(whole, [n, 3, rows, p, cols, p])
    return torch.reshape(torch.permute(grid, [0, 2, 4, 1, 3, 5]), [n, rows * cols, 3 * p * p])
  def embed_patches(self: __torch__.Ops, pixels: Tensor, weight: Tensor, cls: Tensor, position: Tensor, dtype: Tensor) -> Tensor:
    d = torch.size(weight, 0)
    p = torch.size(weight, 2)
    t = int(dtype)
    flat = torch.linear(torch.to((self).patches(pixels, p), t), torch.to(torch.reshape(weight, [d, 3 * p * p]), t))
    first = torch.expand(torch.reshape(cls, [1, 1, d]), [torch.size(pixels, 0), 1, d])
    return torch.add(torch.cat([first, torch.to(flat, 6)], 1), position)
  def embed_grid(self: __torch__.Ops, pixels: Tensor, weight: Tensor, bias: Tensor, position: Tensor, dtype: Tensor) -> Tensor:
    d = torch.size(weight, 0)
    p = torch.size(weight, 2)
    t = int(dtype)
    flat = torch.linear(torch.to((self).patches(pixels, p), t), torch.to(torch.reshape(weight, [d, 3 * p * p]), t), torch.to(bias, t))
    return torch.add(torch.to(flat, 6), position)
  def keep_tokens(self: __torch__.Ops, x: Tensor, places: Tensor, first: Tensor) -> Tensor:
    index = torch.expand(torch.unsqueeze(places, -1), [torch.size(places, 0), torch.size(places, 1), torch.size(x, 2)])
    return torch.cat([torch.slice(x, 1, 0, int(first)), torch.gather(x, 1, index)], 1)
  def resize_positions(self: __torch__.Ops, table: Tensor, first: Tensor, side: Tensor, smooth: Tensor) -> Tensor:
    f = int(first)
    s = int(side)
    d = torch.size(table, 1)
    own = int(torch.round(torch.sqrt(torch.tensor(torch.size(table, 0) - f))))
    grid = torch.permute(torch.reshape(torch.slice(table, 0, f), [1, own, own, d]), [0, 3, 1, 2])
    if bool(smooth):
      resized = torch._upsample_bicubic2d_aa(grid, [s, s], False)
    else:
      resized = torch.upsample_bicubic2d(grid, [s, s], False)
    rows = torch.reshape(torch.permute(resized, [0, 2, 3, 1]), [s * s, d])
    return torch.cat([torch.slice(table, 0, 0, f), rows])
  def embed_tokens(self: __torch__.Ops, ids: Tensor, table: Tensor, position: Tensor) -> Tensor:
    length = torch.size(ids, 1)
    return torch.add(torch.embedding(table, ids), torch.slice(position, 0, 0, length))
  def layer_norm(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: Tensor, eps: Tensor) -> Tensor:
    return torch.layer_norm(x, [torch.size(x, -1)], weight, bias, float(eps))
  def linear(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: Tensor, dtype: int) -> Tensor:
    if torch.ne(dtype, 6):
      y = torch.linear(torch.to(x, dtype), torch.to(weight, dtype), torch.to(bias, dtype))
    else:
      y = torch.linear(x, weight, bias)
    return y
  def adapted(self: __torch__.Ops, y: Tensor, x: Tensor, a: List[Tensor], i: int, k: float, drop: float, t: int) -> Tensor:
    z = y
    if torch.gt(torch.len(a), 0):
      if torch.gt(torch.numel(a[i]), 0):
        seen = torch.dropout(torch.to(x, t), drop, True)
        z = torch.add(y, torch.linear(torch.linear(seen, torch.to(a[i], t)), torch.to(a[i + 1], t)), alpha=k)
    return z
  def adapted_thirds(self: __torch__.Ops, qkv: Tensor, x: Tensor, l: List[Tensor], k: float, drop: float, t: int) -> Tensor:
    all = qkv
    if torch.gt(torch.len(l), 0):
      d = torch.size(x, 2)
      q = (self).adapted(torch.slice(qkv, 2, 0, d), x, l, 0, k, drop, t)
      key = (self).adapted(torch.slice(qkv, 2, d, 2 * d), x, l, 2, k, drop, t)
      v = (self).adapted(torch.slice(qkv, 2, 2 * d), x, l, 4, k, drop, t)
      all = torch.cat([q, key, v], 2)
    return all
  def mlp(self: __torch__.Ops, x: Tensor, w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor, activation: int, t: int, a: List[Tensor], k: float, drop: float) -> Tensor:
    if activation == 0:
      s = 1.702
      m = torch.silu((self).adapted((self).linear(x, torch.mul(w1, s), torch.mul(b1, s), t), x, a, 8, k * s, drop, t))
      z = (self).adapted((self).linear(m, torch.div(w2, s), b2, t), m, a, 10, k / s, drop, t)
    else:
      m = (self).adapted((self).linear(x, w1, b1, t), x, a, 8, k, drop, t)
      if activation == 1:
        g = torch.gelu(m)
      else:
        g = torch.gelu(m, approximate="tanh")
      z = (self).adapted((self).linear(g, w2, b2, t), g, a, 10, k, drop, t)
    return z
  def adapted_block(self: __torch__.Ops, x: Tensor, p: List[Tensor], l: List[Tensor], scale: Tensor, dropout: Tensor, heads: Tensor, causal: Tensor, activation: Tensor, eps: Tensor, dtype: Tensor) -> Tensor:
    return (self).either_block(x, p, l, float(scale), float(dropout), int(heads), bool(causal), int(activation), float(eps), int(dtype))
  def block(self: __torch__.Ops, x: Tensor, p: List[Tensor], heads: Tensor, causal: Tensor, activation: Tensor, eps: Tensor, dtype: Tensor) -> Tensor:
    none = annotate(List[Tensor], [])
    return (self).either_block(x, p, none, 1., 0., int(heads), bool(causal), int(activation), float(eps), int(dtype))
  def either_block(self: __torch__.Ops, x: Tensor, p: List[Tensor], l: List[Tensor], k: float, drop: float, h: int, causal: bool, activation: int, e: float, t: int) -> Tensor:
    n = torch.size(x, 0)
    length = torch.size(x, 1)
    d = torch.size(x, 2)
    a = torch.layer_norm(x, [d], p[0], p[1], e)
    qkv = (self).linear(a, torch.cat([p[2], p[4], p[6]]), torch.cat([p[3], p[5], p[7]]), t)
    all = (self).adapted_thirds(qkv, a, l, k, drop, t)
    parts = torch.permute(torch.reshape(all, [n, length, 3, h, torch.floordiv(d, h)]), [2, 0, 3, 1, 4])
    attended = torch.scaled_dot_product_attention(torch.select(parts, 0, 0), torch.select(parts, 0, 1), torch.select(parts, 0, 2), None, 0., causal)
    merged = torch.reshape(torch.transpose(attended, 1, 2), [n, length, d])
    y = torch.add(x, torch.to((self).adapted((self).linear(merged, p[8], p[9], t), merged, l, 6, k, drop, t), 6))
    b = torch.layer_norm(y, [d], p[10], p[11], e)
    z = (self).mlp(b, p[12], p[13], p[14], p[15], activation, t, l, k, drop)
    return torch.add(y, torch.to(z, 6))
  def first_position(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.select(x, 1, 0)
  def eos_position(self: __torch__.Ops, x: Tensor, ids: Tensor, eos: Tensor) -> Tensor:
    return (self).position(x, torch.argmax(torch.to(torch.eq(ids, int(eos)), 3), -1))
  def highest_position(self: __torch__.Ops, x: Tensor, ids: Tensor) -> Tensor:
    return (self).position(x, torch.argmax(ids, -1))
  def position(self: __torch__.Ops, x: Tensor, at: Tensor) -> Tensor:
    index = torch.expand(torch.unsqueeze(torch.unsqueeze(at, -1), -1), [torch.size(x, 0), 1, torch.size(x, 2)])
    return torch.squeeze(torch.gather(x, 1, index), 1)
  def last_position(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.select(x, 1, -1)
  def attention_pool(self: __torch__.Ops, x: Tensor, p: List[Tensor], heads: Tensor, activation: Tensor, eps: Tensor, dtype: Tensor) -> Tensor:
    n = torch.size(x, 0)
    length = torch.size(x, 1)
    d = torch.size(x, 2)
    h = int(heads)
    t = int(dtype)
    each = torch.floordiv(d, h)
    q = (self).linear(p[0], torch.slice(p[1], 0, 0, d), torch.slice(p[2], 0, 0, d), t)
    kv = (self).linear(x, torch.slice(p[1], 0, d), torch.slice(p[2], 0, d), t)
    query = torch.expand(torch.reshape(q, [1, h, 1, each]), [n, h, 1, each])
    parts = torch.permute(torch.reshape(kv, [n, length, 2, h, each]), [2, 0, 3, 1, 4])
    attended = torch.scaled_dot_product_attention(query, torch.select(parts, 0, 0), torch.select(parts, 0, 1))
    merged = torch.reshape(torch.transpose(attended, 1, 2), [n, 1, d])
    y = torch.to((self).linear(merged, p[3], p[4], t), 6)
    none = annotate(List[Tensor], [])
    z = (self).mlp(torch.layer_norm(y, [d], p[5], p[6], float(eps)), p[7], p[8], p[9], p[10], int(activation), t, none, 1., 0.)
    return torch.select(torch.add(y, torch.to(z, 6)), 1, 0)
  def project_biased(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.linear(x, weight, bias)
  def project(self: __torch__.Ops, x: Tensor, weight: Tensor) -> Tensor:
    return torch.linear(x, weight)
  def unit(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.div(x, torch.norm(x, 2, [-1], True))
  def info_nce(self: __torch__.Ops, images: Tensor, texts: Tensor, logit_scale: Tensor, negatives: Tensor) -> Tensor:
    logits = torch.mul(torch.exp(logit_scale), torch.matmul(images, torch.t(texts)))
    masked = torch.masked_fill(logits, torch.logical_not(negatives), -inf)
    right = torch.diagonal(masked)
    to_text = torch.sub(torch.logsumexp(masked, [1]), right)
    to_image = torch.sub(torch.logsumexp(masked, [0]), right)
    return torch.div(torch.add(torch.mean(to_text), torch.mean(to_image)), 2)
  def sigmoid_loss(self: __torch__.Ops, images: Tensor, texts: Tensor, logit_scale: Tensor, logit_bias: Tensor, negatives: Tensor) -> Tensor:
    n = torch.size(images, 0)
    logits = torch.add(torch.mul(torch.exp(logit_scale), torch.matmul(images, torch.t(texts))), logit_bias)
    sign = torch.sub(torch.mul(torch.eye(n, dtype=6, device=ops.prim.device(images)), 2), 1)
    terms = torch.masked_fill(torch.log_sigmoid(torch.mul(sign, logits)), torch.logical_not(negatives), 0)
    return torch.div(torch.neg(torch.sum(terms)), n)
  def columns(self: __torch__.Ops, ids: Tensor) -> Tensor:
    return torch.reshape(ids, [torch.size(ids, 0), -1])
  def same(self: __torch__.Ops, ids: Tensor) -> Tensor:
    rows = (self).columns(ids)
    return torch.any(torch.eq(torch.unsqueeze(rows, 0), torch.unsqueeze(rows, 1)), 2)
  def distinct(self: __torch__.Ops, ids: Tensor) -> Tensor:
    own = torch.eye(torch.size(ids, 0), dtype=11, device=ops.prim.device(ids))
    return torch.logical_or(torch.logical_not((self).same(ids)), own)
  def clip_gradients(self: __torch__.Ops, params: List[Tensor], limit: Tensor) -> Tensor:
    norms = annotate(List[Tensor], [])
    for i in range(torch.len(params)):
      g = params[i].grad
      if torch.gt(torch.numel(g), 0):
        _0 = torch.append(norms, torch.linalg_vector_norm(g))
    total = torch.linalg_vector_norm(torch.stack(norms))
    bound = float(limit)
    if torch.gt(bound, 0.):
      scale = torch.clamp(torch.div(bound, torch.add(total, 9.9999999999999995e-07)), None, 1.)
      for i in range(torch.len(params)):
        if torch.gt(torch.numel(params[i].grad), 0):
          _1 = torch.mul_(params[i].grad, scale)
    return total
  def adamw(self: __torch__.Ops, params: List[Tensor], first: List[Tensor], second: List[Tensor], step: Tensor, h: Tensor) -> Tensor:
    seen = annotate(List[Tensor], [])
    grads = annotate(List[Tensor], [])
    m = annotate(List[Tensor], [])
    v = annotate(List[Tensor], [])
    steps = annotate(List[Tensor], [])
    for i in range(torch.len(params)):
      g = params[i].grad
      if torch.gt(torch.numel(g), 0):
        _0 = torch.append(seen, params[i])
        _1 = torch.append(grads, g)
        _2 = torch.append(m, first[i])
        _3 = torch.append(v, second[i])
        _4 = torch.append(steps, step)
    maxima = annotate(List[Tensor], [])
    torch._fused_adamw_(seen, grads, m, v, maxima, steps, lr=float(h[0]), beta1=float(h[1]), beta2=float(h[2]), weight_decay=float(h[3]), eps=float(h[4]), amsgrad=False, maximize=False)
    for i in range(torch.len(grads)):
      _5 = torch.zero_(grads[i])
    return step
  def peaks(self: __torch__.Ops, arrays: List[Tensor]) -> Tensor:
    tops = annotate(List[Tensor], [])
    for i in range(torch.len(arrays)):
      _0 = torch.append(tops, torch.linalg_vector_norm(arrays[i], inf))
    return torch.stack(tops)
  def clamp(self: __torch__.Ops, x: Tensor, low: Tensor, high: Tensor) -> Tensor:
    return torch.clamp_(x, float(low), float(high))
  def assign(self: __torch__.Ops, x: Tensor, values: Tensor) -> Tensor:
    return torch.copy_(x, values)
  def copy(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.clone(x)
  def embed_words(self: __torch__.Ops, ids: Tensor, p: List[Tensor], eps: Tensor) -> Tensor:
    d = torch.size(p[0], 1)
    summed = torch.add(torch.embedding(p[0], ids), torch.slice(p[1], 0, 0, torch.size(ids, 1)))
    return torch.layer_norm(summed, [d], p[2], p[3], float(eps))
  def add_norm(self: __torch__.Ops, x: Tensor, attended: Tensor, w: Tensor, b: Tensor, scale: Tensor, shift: Tensor, eps: float, t: int, l: List[Tensor], k: float, drop: float) -> Tensor:
    d = torch.size(x, 2)
    merged = torch.reshape(torch.transpose(attended, 1, 2), [torch.size(x, 0), torch.size(x, 1), d])
    y = torch.to((self).adapted((self).linear(merged, w, b, t), merged, l, 6, k, drop, t), 6)
    return torch.layer_norm(torch.add(x, y), [d], scale, shift, eps)
  def self_attention(self: __torch__.Ops, x: Tensor, ids: Tensor, p: List[Tensor], h: int, pad: int, eps: float, t: int, l: List[Tensor], k: float, drop: float) -> Tensor:
    n = torch.size(x, 0)
    length = torch.size(x, 1)
    each = torch.floordiv(torch.size(x, 2), h)
    hidden = torch.mul(torch.to(torch.eq(ids, pad), t), -10000.)
    mask = torch.unsqueeze(torch.unsqueeze(hidden, 1), 1)
    qkv = (self).linear(x, torch.cat([p[0], p[2], p[4]]), torch.cat([p[1], p[3], p[5]]), t)
    all = (self).adapted_thirds(qkv, x, l, k, drop, t)
    parts = torch.permute(torch.reshape(all, [n, length, 3, h, each]), [2, 0, 3, 1, 4])
    attended = torch.scaled_dot_product_attention(torch.select(parts, 0, 0), torch.select(parts, 0, 1), torch.select(parts, 0, 2), mask)
    return (self).add_norm(x, attended, p[6], p[7], p[8], p[9], eps, t, l, k, drop)
  def cross_attention(self: __torch__.Ops, x: Tensor, image: Tensor, p: List[Tensor], h: int, eps: float, t: int) -> Tensor:
    n = torch.size(x, 0)
    each = torch.floordiv(torch.size(x, 2), h)
    q = torch.transpose(torch.reshape((self).linear(x, p[0], p[1], t), [n, torch.size(x, 1), h, each]), 1, 2)
    kv = (self).linear(image, torch.cat([p[2], p[4]]), torch.cat([p[3], p[5]]), t)
    parts = torch.permute(torch.reshape(kv, [n, torch.size(image, 1), 2, h, each]), [2, 0, 3, 1, 4])
    attended = torch.scaled_dot_product_attention(q, torch.select(parts, 0, 0), torch.select(parts, 0, 1))
    none = annotate(List[Tensor], [])
    return (self).add_norm(x, attended, p[6], p[7], p[8], p[9], eps, t, none, 1., 0.)
  def feed_forward(self: __torch__.Ops, x: Tensor, p: List[Tensor], activation: int, eps: float, t: int, l: List[Tensor], k: float, drop: float) -> Tensor:
    z = (self).mlp(x, p[0], p[1], p[2], p[3], activation, t, l, k, drop)
    return torch.layer_norm(torch.add(x, torch.to(z, 6)), [torch.size(x, 2)], p[4], p[5], eps)
  def post_norm_block(self: __torch__.Ops, x: Tensor, ids: Tensor, within: List[Tensor], inner: List[Tensor], heads: Tensor, pad: Tensor, activation: Tensor, eps: Tensor, dtype: Tensor) -> Tensor:
    e = float(eps)
    t = int(dtype)
    none = annotate(List[Tensor], [])
    y = (self).self_attention(x, ids, within, int(heads), int(pad), e, t, none, 1., 0.)
    return (self).feed_forward(y, inner, int(activation), e, t, none, 1., 0.)
  def cross_block(self: __torch__.Ops, x: Tensor, ids: Tensor, image: Tensor, within: List[Tensor], across: List[Tensor], inner: List[Tensor], heads: Tensor, pad: Tensor, activation: Tensor, eps: Tensor, dtype: Tensor) -> Tensor:
    e = float(eps)
    t = int(dtype)
    none = annotate(List[Tensor], [])
    y = (self).self_attention(x, ids, within, int(heads), int(pad), e, t, none, 1., 0.)
    z = (self).cross_attention(y, image, across, int(heads), e, t)
    return (self).feed_forward(z, inner, int(activation), e, t, none, 1., 0.)
  def adapted_post_norm(self: __torch__.Ops, x: Tensor, ids: Tensor, image: Tensor, within: List[Tensor], across: List[Tensor], inner: List[Tensor], l: List[Tensor], scale: Tensor, dropout: Tensor, heads: Tensor, pad: Tensor, activation: Tensor, eps: Tensor, dtype: Tensor) -> Tensor:
    k = float(scale)
    drop = float(dropout)
    h = int(heads)
    e = float(eps)
    t = int(dtype)
    y = (self).self_attention(x, ids, within, h, int(pad), e, t, l, k, drop)
    z = y
    if torch.gt(torch.dim(image), 0):
      z = (self).cross_attention(y, image, across, h, e, t)
    return (self).feed_forward(z, inner, int(activation), e, t, l, k, drop)
  def replace_first(self: __torch__.Ops, ids: Tensor, token: Tensor) -> Tensor:
    first = torch.full_like(torch.slice(ids, 1, 0, 1), int(token))
    return torch.cat([first, torch.slice(ids, 1, 1)], 1)
  def rows(self: __torch__.Ops, x: Tensor, places: Tensor) -> Tensor:
    return torch.index_select(x, 0, places)
  def low_half(self: __torch__.Ops, ids: Tensor) -> Tensor:
    return torch.remainder(ids, 4294967296)
  def high_half(self: __torch__.Ops, ids: Tensor) -> Tensor:
    return torch.sub(ids, (self).low_half(ids))
  def queue_ids(self: __torch__.Ops, ids: Tensor) -> Tensor:
    rows = (self).columns(ids)
    packed = torch.select(rows, 1, 0)
    if torch.gt(torch.size(rows, 1), 1):
      packed = torch.add((self).high_half(packed), (self).low_half(torch.select(rows, 1, 1)))
    return packed
  def queued(self: __torch__.Ops, ids: Tensor, id_queue: Tensor) -> Tensor:
    own = torch.unsqueeze((self).queue_ids(ids), 1)
    if torch.gt(torch.size((self).columns(ids), 1), 1):
      first = torch.eq((self).high_half(own), (self).high_half(id_queue))
      found = torch.logical_or(first, torch.eq((self).low_half(own), (self).low_half(id_queue)))
    else:
      found = torch.eq(own, id_queue)
    return found
  def distilled_side(self: __torch__.Ops, own: Tensor, own_m: Tensor, others: Tensor, left_out: Tensor, temp: Tensor, alpha: float) -> Tensor:
    slow = torch.masked_fill(torch.div(torch.matmul(own_m, others), temp), left_out, -inf)
    soft = torch.softmax(torch.detach(slow), 1)
    hard = torch.eye(torch.size(own, 0), torch.size(others, 1), dtype=6, device=ops.prim.device(own))
    targets = torch.add(torch.mul(soft, alpha), torch.mul(hard, 1. - alpha))
    logits = torch.masked_fill(torch.div(torch.matmul(own, others), temp), left_out, -inf)
    logs = torch.masked_fill(torch.log_softmax(logits, 1), left_out, 0)
    return torch.neg(torch.mean(torch.sum(torch.mul(logs, targets), [1])))
  def distilled_contrast(self: __torch__.Ops, ids: Tensor, features: List[Tensor], queues: List[Tensor], temp: Tensor, alpha: Tensor) -> Tensor:
    left_out = torch.cat([torch.logical_not((self).distinct(ids)), (self).queued(ids, queues[2])], 1)
    all_images = torch.cat([torch.t(features[2]), queues[0]], 1)
    all_texts = torch.cat([torch.t(features[3]), queues[1]], 1)
    to_text = (self).distilled_side(features[0], features[2], all_texts, left_out, temp, float(alpha))
    to_image = (self).distilled_side(features[1], features[3], all_images, left_out, temp, float(alpha))
    return torch.div(torch.add(to_text, to_image), 2)
  def negative_chances(self: __torch__.Ops, own: Tensor, others: Tensor, temp: Tensor, ids: Tensor) -> Tensor:
    logits = torch.masked_fill(torch.div(torch.matmul(own, torch.t(others)), temp), (self).same(ids), -inf)
    return torch.softmax(logits, 1)
  def info_nce_over(self: __torch__.Ops, images: Tensor, texts: Tensor, temperature: Tensor, negatives: Tensor) -> Tensor:
    return (self).info_nce(images, texts, torch.neg(torch.log(temperature)), negatives)
  def match_loss(self: __torch__.Ops, logits: Tensor, matches: Tensor) -> Tensor:
    m = int(matches)
    logs = torch.log_softmax(logits, 1)
    right = torch.cat([torch.slice(torch.select(logs, 1, 1), 0, 0, m), torch.slice(torch.select(logs, 1, 0), 0, m)])
    return torch.neg(torch.mean(right))
  def follow(self: __torch__.Ops, copies: List[Tensor], weights: List[Tensor], momentum: Tensor) -> Tensor:
    m = float(momentum)
    for i in range(torch.len(copies)):
      _0 = torch.add_(torch.mul_(copies[i], m), weights[i], alpha=1. - m)
    return momentum
  def enqueue(self: __torch__.Ops, image_queue: Tensor, text_queue: Tensor, id_queue: Tensor, pointer: Tensor, images: Tensor, texts: Tensor, ids: Tensor) -> Tensor:
    n = torch.size(images, 0)
    q = torch.size(image_queue, 1)
    at = torch.remainder(torch.add(torch.arange(n, dtype=4, device=ops.prim.device(images)), pointer), q)
    _0 = torch.index_copy_(image_queue, 1, at, torch.t(images))
    _1 = torch.index_copy_(text_queue, 1, at, torch.t(texts))
    _2 = torch.index_copy_(id_queue, 1, at, torch.to(torch.unsqueeze((self).queue_ids(ids), 0), 4))
    return torch.copy_(pointer, torch.remainder(torch.add(pointer, n), q))
  def merge(self: __torch__.Ops, weight: Tensor, a: Tensor, b: Tensor, scale: Tensor) -> Tensor:
    return torch.addmm(weight, b, a, beta=1, alpha=float(scale))
  def transposed(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.contiguous(torch.t(x))
  def linear_part(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: Tensor, dtype: Tensor) -> Tensor:
    return torch.to((self).linear(x, weight, bias, int(dtype)), 6)
  def unbiased_part(self: __torch__.Ops, x: Tensor, weight: Tensor, dtype: Tensor) -> Tensor:
    t = int(dtype)
    return torch.to(torch.linear(torch.to(x, t), torch.to(weight, t)), 6)
  def scores_part(self: __torch__.Ops, images: Tensor, texts: Tensor) -> Tensor:
    return torch.matmul(images, torch.t(texts))
  def attention_part(self: __torch__.Ops, qkv: Tensor, heads: Tensor, causal: Tensor, dtype: Tensor) -> Tensor:
    h = int(heads)
    n = torch.size(qkv, 0)
    length = torch.size(qkv, 1)
    d = torch.floordiv(torch.size(qkv, 2), 3)
    parts = torch.permute(torch.reshape(torch.to(qkv, int(dtype)), [n, length, 3, h, torch.floordiv(d, h)]), [2, 0, 3, 1, 4])
    attended = torch.scaled_dot_product_attention(torch.select(parts, 0, 0), torch.select(parts, 0, 1), torch.select(parts, 0, 2), None, 0., bool(causal))
    return torch.to(torch.reshape(torch.transpose(attended, 1, 2), [n, length, d]), 6)
  def padded_attention_part(self: __torch__.Ops, qkv: Tensor, ids: Tensor, heads: Tensor, pad: Tensor, dtype: Tensor) -> Tensor:
    h = int(heads)
    t = int(dtype)
    n = torch.size(qkv, 0)
    length = torch.size(qkv, 1)
    d = torch.floordiv(torch.size(qkv, 2), 3)
    hidden = torch.mul(torch.to(torch.eq(ids, int(pad)), t), -10000.)
    mask = torch.unsqueeze(torch.unsqueeze(hidden, 1), 1)
    parts = torch.permute(torch.reshape(torch.to(qkv, t), [n, length, 3, h, torch.floordiv(d, h)]), [2, 0, 3, 1, 4])
    attended = torch.scaled_dot_product_attention(torch.select(parts, 0, 0), torch.select(parts, 0, 1), torch.select(parts, 0, 2), mask)
    return torch.to(torch.reshape(torch.transpose(attended, 1, 2), [n, length, d]), 6)
  def cross_attention_part(self: __torch__.Ops, q: Tensor, kv: Tensor, heads: Tensor, dtype: Tensor) -> Tensor:
    h = int(heads)
    t = int(dtype)
    n = torch.size(q, 0)
    length = torch.size(q, 1)
    d = torch.size(q, 2)
    each = torch.floordiv(d, h)
    query = torch.transpose(torch.reshape(torch.to(q, t), [n, length, h, each]), 1, 2)
    parts = torch.permute(torch.reshape(torch.to(kv, t), [n, torch.size(kv, 1), 2, h, each]), [2, 0, 3, 1, 4])
    attended = torch.scaled_dot_product_attention(query, torch.select(parts, 0, 0), torch.select(parts, 0, 1))
    return torch.to(torch.reshape(torch.transpose(attended, 1, 2), [n, length, d]), 6)
  def activation_part(self: __torch__.Ops, x: Tensor, activation: Tensor, dtype: Tensor) -> Tensor:
    a = int(activation)
    y = torch.to(x, int(dtype))
    if a == 0:
      z = torch.silu(y)
    else:
      if a == 1:
        z = torch.gelu(y)
      else:
        z = torch.gelu(y, approximate="tanh")
    return torch.to(z, 6)
