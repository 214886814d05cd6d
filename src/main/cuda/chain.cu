// Instance norm, ReLU and average pooling as one step, a block for each plane: io.mdc.tensor.ChainOps.
#include "device.h"

// What a plane has been normalised by: u = scale z + shift before ReLU, x = inverse (z - mean).
struct Norm {
  float mean, inverse, scale, shift;
  DEVICE_MEMBER float u(float z) const { return fmaf(scale, z, shift); }
  DEVICE_MEMBER float x(float z) const { return inverse * (z - mean); }
};

DEVICE Norm norm_of(float mean, float inverse, float gamma, float beta) {
  const float scale = gamma * inverse;
  return Norm{mean, inverse, scale, fmaf(-scale, mean, beta)};
}

// The pooled image below a plane of height and width; what does not fill a window is dropped.
struct Pool {
  int width, side, pooled_height, pooled_width;
  DEVICE_MEMBER float back(const float* dy, int at) const {
    const int r = at / width / side, q = at % width / side;
    return r < pooled_height && q < pooled_width ? dy[r * pooled_width + q] / (side * side) : 0.f;
  }
};

DEVICE Pool pool_of(int height, int width, int side) { return Pool{width, side, height / side, width / side}; }

KERNEL(chain_forward)
(const float* z, const float* gamma, const float* beta, float* statistics, float* y, float epsilon, int relu, int side,
 int planes, int channels, int height, int width) {
  SHARED float room[MOST_THREADS];
  const int p = blockIdx.x, c = p % channels, size = height * width;
  const float* in = z + (offset_t)p * size;
  float sum = 0;
  for (int i = threadIdx.x; i < size; i += blockDim.x) sum += in[i];
  const float mean = sum_of_block(sum, room) / size;
  sum = 0;
  for (int i = threadIdx.x; i < size; i += blockDim.x) sum = fmaf(in[i] - mean, in[i] - mean, sum);
  const float inverse = 1.f / sqrtf(sum_of_block(sum, room) / size + epsilon);
  if (threadIdx.x == 0) {
    statistics[p] = mean;
    statistics[planes + p] = inverse;
  }
  const Norm norm = norm_of(mean, inverse, gamma[c], beta[c]);
  const Pool pool = pool_of(height, width, side);
  const int pooled = pool.pooled_height * pool.pooled_width;
  for (int i = threadIdx.x; i < pooled; i += blockDim.x) {
    const int top = i / pool.pooled_width * side, left = i % pool.pooled_width * side;
    float all = 0;
    for (int r = 0; r < side; r++) {
      for (int q = 0; q < side; q++) {
        const float u = norm.u(in[(top + r) * width + left + q]);
        all += relu ? fmaxf(u, 0.f) : u;
      }
    }
    y[(offset_t)p * pooled + i] = all / (side * side);
  }
}
REGISTER(chain_forward)

// sums [2][planes]: of du and of du x, which are each plane's shares of the gradients of beta and gamma.
KERNEL(chain_backward)
(const float* z, const float* gamma, const float* beta, const float* statistics, const float* dy, float* dz,
 float* sums, int relu, int side, int planes, int channels, int height, int width) {
  SHARED float room[MOST_THREADS];
  const int p = blockIdx.x, c = p % channels, size = height * width;
  const Norm norm = norm_of(statistics[p], statistics[planes + p], gamma[c], beta[c]);
  const Pool pool = pool_of(height, width, side);
  const float* in = z + (offset_t)p * size;
  const float* above = dy + (offset_t)p * pool.pooled_height * pool.pooled_width;
  float total = 0, correlation = 0;
  for (int i = threadIdx.x; i < size; i += blockDim.x) {
    const float du = relu && norm.u(in[i]) <= 0.f ? 0.f : pool.back(above, i);
    total += du;
    correlation = fmaf(du, norm.x(in[i]), correlation);
  }
  total = sum_of_block(total, room);
  correlation = sum_of_block(correlation, room);
  if (threadIdx.x == 0) {
    sums[p] = total;
    sums[planes + p] = correlation;
  }
  for (int i = threadIdx.x; i < size; i += blockDim.x) {
    const float du = relu && norm.u(in[i]) <= 0.f ? 0.f : pool.back(above, i);
    dz[(offset_t)p * size + i] = norm.scale * (du - total / size - norm.x(in[i]) * (correlation / size));
  }
}
REGISTER(chain_backward)

KERNEL(chain_tangent)
(const float* z, const float* gamma, const float* beta, float* statistics, const float* z_dot, const float* gamma_dot,
 const float* beta_dot, offset_t dot_group, const int* ends, float* y_dot, int relu, int side, int planes, int channels,
 int height, int width) {
  SHARED float room[MOST_THREADS];
  const int p = blockIdx.x, c = p % channels, size = height * width;
  const offset_t at_dot = group_of(ends, p / channels) * dot_group + c;
  const Norm norm = norm_of(statistics[p], statistics[planes + p], gamma[c], beta[c]);
  const float* in = z + (offset_t)p * size;
  const float* dot = z_dot + (offset_t)p * size;
  float mean = 0, correlation = 0;
  for (int i = threadIdx.x; i < size; i += blockDim.x) {
    mean += dot[i];
    correlation = fmaf(norm.x(in[i]), dot[i], correlation);
  }
  mean = sum_of_block(mean, room) / size;
  correlation = sum_of_block(correlation, room) / size;
  if (threadIdx.x == 0) {
    statistics[2 * planes + p] = mean;
    statistics[3 * planes + p] = correlation;
  }
  const Pool pool = pool_of(height, width, side);
  const int pooled = pool.pooled_height * pool.pooled_width;
  for (int i = threadIdx.x; i < pooled; i += blockDim.x) {
    const int top = i / pool.pooled_width * side, left = i % pool.pooled_width * side;
    float all = 0;
    for (int r = 0; r < side; r++) {
      for (int q = 0; q < side; q++) {
        const int at = (top + r) * width + left + q;
        const float x = norm.x(in[at]);
        if (relu && norm.u(in[at]) <= 0.f) continue;
        all += norm.scale * (dot[at] - mean - x * correlation) + fmaf(gamma_dot[at_dot], x, beta_dot[at_dot]);
      }
    }
    y_dot[(offset_t)p * pooled + i] = all / (side * side);
  }
}
REGISTER(chain_tangent)

// sums [2][planes]: each plane's shares of the tangents of the gradients of beta and gamma; dz_dot null if not wanted.
KERNEL(chain_backward_tangent)
(const float* z, const float* gamma, const float* beta, const float* statistics, const float* z_dot,
 const float* gamma_dot, offset_t dot_group, const int* ends, const float* dy, const float* dy_dot, float* dz_dot,
 float* sums, int relu, int side, int planes, int channels, int height, int width) {
  SHARED float room[MOST_THREADS];
  const int p = blockIdx.x, c = p % channels, size = height * width;
  const offset_t at_dot = group_of(ends, p / channels) * dot_group + c;
  const Norm norm = norm_of(statistics[p], statistics[planes + p], gamma[c], beta[c]);
  const float z_mean = statistics[2 * planes + p], z_correlation = statistics[3 * planes + p];
  const Pool pool = pool_of(height, width, side);
  const float* in = z + (offset_t)p * size;
  const float* dot = z_dot + (offset_t)p * size;
  const offset_t above = (offset_t)p * pool.pooled_height * pool.pooled_width;
  float u = 0, ux = 0, u_dot = 0, ux_dot = 0;
  for (int i = threadIdx.x; i < size; i += blockDim.x) {
    if (relu && norm.u(in[i]) <= 0.f) continue;
    const float du = pool.back(dy + above, i), du_dot = pool.back(dy_dot + above, i), x = norm.x(in[i]);
    const float x_dot = norm.inverse * (dot[i] - z_mean - x * z_correlation);
    u += du;
    ux = fmaf(du, x, ux);
    u_dot += du_dot;
    ux_dot += fmaf(du_dot, x, du * x_dot);
  }
  u = sum_of_block(u, room);
  ux = sum_of_block(ux, room);
  u_dot = sum_of_block(u_dot, room);
  ux_dot = sum_of_block(ux_dot, room);
  if (threadIdx.x == 0) {
    sums[p] = u_dot;
    sums[planes + p] = ux_dot;
  }
  if (dz_dot == nullptr) return;
  const float g = gamma[c], g_dot = gamma_dot[at_dot], inverse_dot = -norm.inverse * norm.inverse * z_correlation;
  const float mean_a = g * u / size, corr = g * ux / size;
  const float mean_a_dot = (g * u_dot + g_dot * u) / size, corr_dot = (g * ux_dot + g_dot * ux) / size;
  for (int i = threadIdx.x; i < size; i += blockDim.x) {
    const bool on = !relu || norm.u(in[i]) > 0.f;
    const float du = on ? pool.back(dy + above, i) : 0.f, du_dot = on ? pool.back(dy_dot + above, i) : 0.f;
    const float x = norm.x(in[i]), x_dot = norm.inverse * (dot[i] - z_mean - x * z_correlation);
    const float a = g * du, a_dot = fmaf(g, du_dot, g_dot * du);
    dz_dot[(offset_t)p * size + i] = norm.inverse * (a_dot - mean_a_dot - x_dot * corr - x * corr_dot) +
                                     inverse_dot * (a - mean_a - x * corr);
  }
}
REGISTER(chain_backward_tangent)

// first[c], second[c] = the sums of both halves of sums [2, n, channels] over the samples of a group; a block for each
// channel, group and half. Either null if not wanted.
KERNEL(channel_sums)
(const float* sums, float* first, float* second, offset_t out_group, const int* ends, int n, int channels) {
  SHARED float room[MOST_THREADS];
  float* out = blockIdx.z == 0 ? first : second;
  if (out == nullptr) return;
  const Group group = group_at(ends, blockIdx.y, n);
  const float* in = sums + ((offset_t)blockIdx.z * n + group.first) * channels;
  float sum = 0;
  for (int i = threadIdx.x; i < group.count; i += blockDim.x) sum += in[(offset_t)i * channels + blockIdx.x];
  sum = sum_of_block(sum, room);
  if (threadIdx.x == 0) out[blockIdx.y * out_group + blockIdx.x] = sum;
}
REGISTER(channel_sums)
