// Two-dimensional convolution as products of unfolded images that are never stored: io.mdc.tensor.ConvolutionOps.
#include "product.h"

// Sizes of x [n, in, height, width], w [out, in, kernel, kernel] and y [n, out, rows, columns].
struct Sizes {
  int n, in, height, width, out, rows, columns, kernel, stride, padding;
};

// x where the window of output pixel `pixel` (over all samples) has weight `term` of [in, kernel, kernel].
DEVICE float patch(const Sizes& s, const float* x, int pixel, int term) {
  const int plane = s.rows * s.columns, area = s.kernel * s.kernel;
  const int image = pixel / plane, at = pixel % plane, c = term / area, place = term % area;
  const int r = at / s.columns * s.stride + place / s.kernel - s.padding;
  const int q = at % s.columns * s.stride + place % s.kernel - s.padding;
  const bool inside = r >= 0 && r < s.height && q >= 0 && q < s.width;
  return inside ? x[(((offset_t)image * s.in + c) * s.height + r) * s.width + q] : 0.f;
}

// dy of the output pixel whose window has input pixel `pixel` at weight `term` of [out, kernel, kernel], if there is one.
DEVICE float cover(const Sizes& s, const float* dy, int pixel, int term) {
  const int plane = s.height * s.width, area = s.kernel * s.kernel;
  const int image = pixel / plane, at = pixel % plane, c = term / area, place = term % area;
  const int r = at / s.width + s.padding - place / s.kernel, q = at % s.width + s.padding - place % s.kernel;
  const bool inside = r >= 0 && q >= 0 && r % s.stride == 0 && q % s.stride == 0 && r / s.stride < s.rows &&
                      q / s.stride < s.columns;
  return inside ? dy[(((offset_t)image * s.out + c) * s.rows + r / s.stride) * s.columns + q / s.stride] : 0.f;
}

// Operands of sums of two products: the first `terms` terms are of the first, the others of the second.
struct Patches {
  static const bool ALONG_TERMS = false;
  Sizes s;
  const float *first, *second;
  int terms;
  DEVICE_MEMBER float operator()(int pixel, int k) const {
    return k < terms ? patch(s, first, pixel, k) : patch(s, second, pixel, k - terms);
  }
};

struct Weights {
  static const bool ALONG_TERMS = true;
  const float *first, *second;
  int terms;
  DEVICE_MEMBER float operator()(int channel, int k) const {
    const offset_t row = (offset_t)channel * terms;
    return k < terms ? first[row + k] : second[row + k - terms];
  }
};

struct Planes {
  float* y;
  int channels, plane;
  DEVICE_MEMBER void operator()(int pixel, int channel, float v) const {
    y[((offset_t)(pixel / plane) * channels + channel) * plane + pixel % plane] = v;
  }
};

#define SIZES int n, int in, int height, int width, int out, int rows, int columns, int kernel, int stride, int padding
#define PASSED \
  { n, in, height, width, out, rows, columns, kernel, stride, padding }

// y = x * w1 + x2 * w2; x2 null for 0.
KERNEL(convolution)
(const float* x, const float* w1, const float* x2, const float* w2, float* y, SIZES) {
  const Sizes s = PASSED;
  const int terms = in * kernel * kernel;
  product(Patches{s, x, x2, terms}, Weights{w1, w2, terms}, Planes{y, out, rows * columns}, n * rows * columns, out, 0,
          x2 == nullptr ? terms : 2 * terms);
}
REGISTER(convolution)

struct Covers {
  static const bool ALONG_TERMS = false;
  Sizes s;
  const float *first, *second;
  int terms;
  DEVICE_MEMBER float operator()(int pixel, int k) const {
    return k < terms ? cover(s, first, pixel, k) : cover(s, second, pixel, k - terms);
  }
};

// w [out, in, area] with input channels as columns.
struct WeightsByInput {
  static const bool ALONG_TERMS = false;
  const float *first, *second;
  int in, area, terms;
  DEVICE_MEMBER float operator()(int channel, int k) const {
    const float* w = k < terms ? first : second;
    const int at = k < terms ? k : k - terms;
    return w[((offset_t)(at / area) * in + channel) * area + at % area];
  }
};

// dx = dy * w1' + dy2 * w2'; dy2 null for 0.
KERNEL(input_gradient)
(const float* dy, const float* w1, const float* dy2, const float* w2, float* dx, SIZES) {
  const Sizes s = PASSED;
  const int area = kernel * kernel, terms = out * area;
  product(Covers{s, dy, dy2, terms}, WeightsByInput{w1, w2, in, area, terms}, Planes{dx, in, height * width},
          n * height * width, in, 0, dy2 == nullptr ? terms : 2 * terms);
}
REGISTER(input_gradient)

struct Gradients {
  static const bool ALONG_TERMS = true;
  const float *first, *second;
  int channels, plane, pixels;
  DEVICE_MEMBER float operator()(int channel, int k) const {
    const float* dy = k < pixels ? first : second;
    const int pixel = k < pixels ? k : k - pixels;
    return dy[((offset_t)(pixel / plane) * channels + channel) * plane + pixel % plane];
  }
};

struct PatchesByWeight {
  static const bool ALONG_TERMS = true;
  Sizes s;
  const float *first, *second;
  int pixels;
  DEVICE_MEMBER float operator()(int weight, int k) const {
    return k < pixels ? patch(s, first, k, weight) : patch(s, second, k - pixels, weight);
  }
};

struct Part {
  float* out;
  int columns;
  DEVICE_MEMBER void operator()(int i, int j, float v) const { out[(offset_t)i * columns + j] = v; }
};

// parts[z] = the z-th share of the sum dw = x (*) dy + x2 (*) dy2 over pixels, `share` of them; x2 null for 0.
KERNEL(weight_gradient)
(const float* x, const float* dy, const float* x2, const float* dy2, float* parts, int share, SIZES) {
  const Sizes s = PASSED;
  const int weights = in * kernel * kernel, pixels = n * rows * columns, all = x2 == nullptr ? pixels : 2 * pixels;
  const int from = blockIdx.z * share, to = all - from < share ? all : from + share;
  product(Gradients{dy, dy2, out, rows * columns, pixels}, PatchesByWeight{s, x, x2, pixels},
          Part{parts + (offset_t)blockIdx.z * out * weights, weights}, out, weights, from, to);
}
REGISTER(weight_gradient)

// out = the sum of `count` arrays of `size`, in their order.
KERNEL(sum_parts)(const float* parts, float* out, int count, offset_t size) {
  EACH(i, size) {
    float sum = parts[i];
    for (int p = 1; p < count; p++) sum += parts[p * size + i];
    out[i] = sum;
  }
}
REGISTER(sum_parts)

KERNEL(add_bias)(const float* bias, float* y, int channels, int plane, offset_t size) {
  EACH(i, size) y[i] += bias[i / plane % channels];
}
REGISTER(add_bias)

// A block for each channel.
KERNEL(bias_gradient)(const float* dy, float* out, int n, int channels, int plane) {
  SHARED float room[MOST_THREADS];
  float sum = 0;
  for (int i = threadIdx.x; i < n * plane; i += blockDim.x) {
    sum += dy[((offset_t)(i / plane) * channels + blockIdx.x) * plane + i % plane];
  }
  sum = sum_of_block(sum, room);
  if (threadIdx.x == 0) out[blockIdx.x] = sum;
}
REGISTER(bias_gradient)
