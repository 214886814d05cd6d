// Batch norm and ReLU as one step, a block for each channel: io.mdc.tensor.BatchNormOps.
#include "device.h"

// Element i of channel c of planes [n, channels, plane].
DEVICE offset_t in_channel(int i, int c, int channels, int plane) {
  return ((offset_t)(i / plane) * channels + c) * plane + i % plane;
}

KERNEL(batch_norm_forward)
(const float* x, const float* gamma, const float* beta, float* statistics, float* y, int relu, float epsilon, int n,
 int channels, int plane) {
  SHARED double room[MOST_THREADS];
  const int c = blockIdx.x, count = n * plane;
  double sum = 0;
  for (int i = threadIdx.x; i < count; i += blockDim.x) sum += x[in_channel(i, c, channels, plane)];
  const double mean = sum_of_block(sum, room) / count;
  sum = 0;
  for (int i = threadIdx.x; i < count; i += blockDim.x) {
    const double d = x[in_channel(i, c, channels, plane)] - mean;
    sum += d * d;
  }
  const double variance = sum_of_block(sum, room) / count;
  const float inverse = (float)(1 / sqrt(variance + epsilon));
  if (threadIdx.x == 0) {
    statistics[c] = (float)mean;
    statistics[channels + c] = inverse;
    statistics[2 * channels + c] = (float)(variance * count / (count > 1 ? count - 1 : 1));
  }
  const float scale = gamma[c] * inverse, shift = fmaf(-scale, (float)mean, beta[c]);
  for (int i = threadIdx.x; i < count; i += blockDim.x) {
    const offset_t at = in_channel(i, c, channels, plane);
    const float u = fmaf(scale, x[at], shift);
    y[at] = relu ? fmaxf(u, 0.f) : u;
  }
}
REGISTER(batch_norm_forward)

KERNEL(batch_norm_infer)
(const float* x, const float* gamma, const float* beta, const float* mean, const float* variance, float* y, int relu,
 float epsilon, int channels, int plane, offset_t size) {
  EACH(i, size) {
    const int c = (int)(i / plane % channels);
    const float u = fmaf(gamma[c] / sqrtf(variance[c] + epsilon), x[i] - mean[c], beta[c]);
    y[i] = relu ? fmaxf(u, 0.f) : u;
  }
}
REGISTER(batch_norm_infer)

KERNEL(batch_norm_backward)
(const float* x, const float* gamma, const float* beta, const float* statistics, const float* dy, float* dx,
 float* d_gamma, float* d_beta, int relu, int n, int channels, int plane) {
  SHARED double room[MOST_THREADS];
  const int c = blockIdx.x, count = n * plane;
  const float mean = statistics[c], inverse = statistics[channels + c];
  const float scale = gamma[c] * inverse, shift = fmaf(-scale, mean, beta[c]);
  double total = 0, correlation = 0;
  for (int i = threadIdx.x; i < count; i += blockDim.x) {
    const offset_t at = in_channel(i, c, channels, plane);
    if (relu && fmaf(scale, x[at], shift) <= 0.f) continue;
    total += dy[at];
    correlation += (double)dy[at] * (inverse * (x[at] - mean));
  }
  total = sum_of_block(total, room);
  correlation = sum_of_block(correlation, room);
  if (threadIdx.x == 0) {
    d_beta[c] = (float)total;
    d_gamma[c] = (float)correlation;
  }
  const float mean_delta = (float)(total / count), mean_correlation = (float)(correlation / count);
  for (int i = threadIdx.x; i < count; i += blockDim.x) {
    const offset_t at = in_channel(i, c, channels, plane);
    const float delta = relu && fmaf(scale, x[at], shift) <= 0.f ? 0.f : dy[at];
    dx[at] = scale * (delta - mean_delta - inverse * (x[at] - mean) * mean_correlation);
  }
}
REGISTER(batch_norm_backward)
