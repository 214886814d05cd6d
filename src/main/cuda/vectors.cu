// Element-wise arithmetic and sums: io.mdc.tensor.VectorOps.

KERNEL(fill)(float* x, float value, offset_t size) { EACH(i, size) x[i] = value; }
REGISTER(fill)

KERNEL(add_scaled)(float factor, const float* x, float* into, offset_t size) {
  EACH(i, size) into[i] = fmaf(factor, x[i], into[i]);
}
REGISTER(add_scaled)

KERNEL(scale)(float factor, float* x, offset_t size) { EACH(i, size) x[i] *= factor; }
REGISTER(scale)

KERNEL(subtract)(const float* a, const float* b, float* out, offset_t size) { EACH(i, size) out[i] = a[i] - b[i]; }
REGISTER(subtract)

KERNEL(sign)(const float* x, float* out, offset_t size) {
  EACH(i, size) out[i] = (float)((x[i] > 0.f) - (x[i] < 0.f));
}
REGISTER(sign)

KERNEL(clamp)(float* x, float low, float high, offset_t size) { EACH(i, size) x[i] = fminf(fmaxf(x[i], low), high); }
REGISTER(clamp)

KERNEL(momentum_step)
(float* x, const float* gradient, float* velocity, float rate, float momentum, float decay, offset_t size) {
  EACH(i, size) {
    const float v = fmaf(momentum, velocity[i], fmaf(decay, x[i], gradient[i]));
    velocity[i] = v;
    x[i] = fmaf(-rate, v, x[i]);
  }
}
REGISTER(momentum_step)

// out[r] = sum over row r of x * y; a block for each row.
KERNEL(row_dots)(const float* x, const float* y, double* out, offset_t columns, offset_t size) {
  SHARED double room[MOST_THREADS];
  const offset_t first = blockIdx.x * columns;
  double sum = 0;
  for (offset_t i = threadIdx.x; i < columns && first + i < size; i += blockDim.x) {
    sum += (double)x[first + i] * y[first + i];
  }
  sum = sum_of_block(sum, room);
  if (threadIdx.x == 0) out[blockIdx.x] = sum;
}
REGISTER(row_dots)

// out[r] = sum over row r of |x|.
KERNEL(row_magnitudes)(const float* x, double* out, offset_t columns, offset_t size) {
  SHARED double room[MOST_THREADS];
  const offset_t first = blockIdx.x * columns;
  double sum = 0;
  for (offset_t i = threadIdx.x; i < columns && first + i < size; i += blockDim.x) sum += fabsf(x[first + i]);
  sum = sum_of_block(sum, room);
  if (threadIdx.x == 0) out[blockIdx.x] = sum;
}
REGISTER(row_magnitudes)

// out[r] = sum over row r of x.
KERNEL(row_sums)(const float* x, double* out, offset_t columns, offset_t size) {
  SHARED double room[MOST_THREADS];
  const offset_t first = blockIdx.x * columns;
  double sum = 0;
  for (offset_t i = threadIdx.x; i < columns && first + i < size; i += blockDim.x) sum += x[first + i];
  sum = sum_of_block(sum, room);
  if (threadIdx.x == 0) out[blockIdx.x] = sum;
}
REGISTER(row_sums)
