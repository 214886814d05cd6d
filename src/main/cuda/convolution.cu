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

// Where the samples of a group begin; null stays null.
template <class T>
DEVICE T* from(T* x, const Group& group, int sample) {
  return x == nullptr ? nullptr : x + (offset_t)group.first * sample;
}

// y = x * w1 + x2 * w2; x2 null for 0. A group for each block along z, whose weights are w1_group and w2_group further on.
KERNEL(convolution)
(const float* x, const float* w1, offset_t w1_group, const float* x2, const float* w2, offset_t w2_group, float* y,
 const int* ends, SIZES) {
  const Sizes s = PASSED;
  const Group group = group_at(ends, blockIdx.z, n);
  const int terms = in * kernel * kernel, pixels = group.count * rows * columns;
  if ((int)blockIdx.x * ROWS >= pixels) return;
  x = from(x, group, in * height * width);
  x2 = from(x2, group, in * height * width);
  product(Patches{s, x, x2, terms}, Weights{w1 + blockIdx.z * w1_group, w2 + blockIdx.z * w2_group, terms},
          Planes{from(y, group, out * rows * columns), out, rows * columns}, pixels, out, 0,
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

// dx = dy * w1' + dy2 * w2'; dy2 null for 0. Groups as in convolution.
KERNEL(input_gradient)
(const float* dy, const float* w1, offset_t w1_group, const float* dy2, const float* w2, offset_t w2_group, float* dx,
 const int* ends, SIZES) {
  const Sizes s = PASSED;
  const Group group = group_at(ends, blockIdx.z, n);
  const int area = kernel * kernel, terms = out * area, pixels = group.count * height * width;
  if ((int)blockIdx.x * ROWS >= pixels) return;
  dy = from(dy, group, out * rows * columns);
  dy2 = from(dy2, group, out * rows * columns);
  product(Covers{s, dy, dy2, terms},
          WeightsByInput{w1 + blockIdx.z * w1_group, w2 + blockIdx.z * w2_group, in, area, terms},
          Planes{from(dx, group, in * height * width), in, height * width}, pixels, in, 0,
          dy2 == nullptr ? terms : 2 * terms);
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

// For each group the sum dw = x (*) dy + x2 (*) dy2 over pixels, cut into `count` parts of `share` pixels, which lie
// `part` elements apart, and those of groups `group`; x2 null for 0. Parts behind the end of a small group are 0.
KERNEL(weight_gradient)
(const float* x, const float* dy, const float* x2, const float* dy2, float* parts, int share, int count, offset_t part,
 offset_t group, const int* ends, SIZES) {
  const Sizes s = PASSED;
  const int g = blockIdx.z / count, p = blockIdx.z % count;
  const Group own = group_at(ends, g, n);
  const int weights = in * kernel * kernel, pixels = own.count * rows * columns;
  const int all = x2 == nullptr ? pixels : 2 * pixels;
  const int first = p * share, to = all - first < share ? all : first + share;
  product(Gradients{from(dy, own, out * rows * columns), from(dy2, own, out * rows * columns), out, rows * columns,
                    pixels},
          PatchesByWeight{s, from(x, own, in * height * width), from(x2, own, in * height * width), pixels},
          Part{parts + p * part + g * group, weights}, out, weights, first, to);
}
REGISTER(weight_gradient)

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
