// Sums of parts, and biases of channels: io.mdc.tensor.ConvolutionOps.
#include "device.h"

// out[g] = the sum of `count` arrays of `size`, in their order; groups lie count * size, and out_group, apart.
KERNEL(sum_parts)(const float* parts, float* out, int count, offset_t size, offset_t out_group) {
  const float* own = parts + blockIdx.y * count * size;
  EACH(i, size) {
    float sum = own[i];
    for (int p = 1; p < count; p++) sum += own[p * size + i];
    out[blockIdx.y * out_group + i] = sum;
  }
}
REGISTER(sum_parts)

KERNEL(add_bias)
(const float* bias, offset_t bias_group, const int* ends, float* y, int channels, int plane, offset_t size) {
  EACH(i, size) {
    const int g = group_of(ends, (int)(i / ((offset_t)plane * channels)));
    y[i] += bias[g * bias_group + i / plane % channels];
  }
}
REGISTER(add_bias)

// A block for each channel and group.
KERNEL(bias_gradient)
(const float* dy, float* out, offset_t out_group, const int* ends, int n, int channels, int plane) {
  SHARED float room[MOST_THREADS];
  const Group group = group_at(ends, blockIdx.y, n);
  dy = from(dy, group, channels * plane);
  float sum = 0;
  for (int i = threadIdx.x; i < group.count * plane; i += blockDim.x) {
    sum += dy[((offset_t)(i / plane) * channels + blockIdx.x) * plane + i % plane];
  }
  sum = sum_of_block(sum, room);
  if (threadIdx.x == 0) out[blockIdx.y * out_group + blockIdx.x] = sum;
}
REGISTER(bias_gradient)
