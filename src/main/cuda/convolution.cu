// Two-dimensional convolution as products of unfolded images that are never stored: io.mdc.tensor.ConvolutionOps.
#include "product.h"

// Sizes of x [n, in, height, width], w [out, in, kernel, kernel] and y [n, out, rows, columns].
struct Sizes {
  int n, in, height, width, out, rows, columns, kernel, stride, padding;
  Divisor by_area, by_kernel, by_plane, by_columns, by_in_plane, by_width, by_stride;
};

DEVICE Sizes sizes_of(int n, int in, int height, int width, int out, int rows, int columns, int kernel, int stride,
                      int padding) {
  return Sizes{n,
               in,
               height,
               width,
               out,
               rows,
               columns,
               kernel,
               stride,
               padding,
               divisor_of(kernel * kernel),
               divisor_of(kernel),
               divisor_of(rows * columns),
               divisor_of(columns),
               divisor_of(height * width),
               divisor_of(width),
               divisor_of(stride)};
}

// x where the window of output pixel `pixel` (over all samples) has weight `term` of [in, kernel, kernel].
DEVICE float patch(const Sizes& s, const float* x, int pixel, int term) {
  const int plane = s.rows * s.columns, area = s.kernel * s.kernel;
  const int image = quotient(pixel, s.by_plane), at = pixel - image * plane;
  const int c = quotient(term, s.by_area), place = term - c * area;
  const int row = quotient(at, s.by_columns), down = quotient(place, s.by_kernel);
  const int r = row * s.stride + down - s.padding;
  const int q = (at - row * s.columns) * s.stride + place - down * s.kernel - s.padding;
  const bool inside = r >= 0 && r < s.height && q >= 0 && q < s.width;
  return inside ? x[(((offset_t)image * s.in + c) * s.height + r) * s.width + q] : 0.f;
}

// dy of the output pixel whose window has input pixel `pixel` at weight `term` of [out, kernel, kernel], if there is one.
DEVICE float cover(const Sizes& s, const float* dy, int pixel, int term) {
  const int plane = s.height * s.width, area = s.kernel * s.kernel;
  const int image = quotient(pixel, s.by_in_plane), at = pixel - image * plane;
  const int c = quotient(term, s.by_area), place = term - c * area;
  const int row = quotient(at, s.by_width), down = quotient(place, s.by_kernel);
  const int r = row + s.padding - down, q = at - row * s.width + s.padding - (place - down * s.kernel);
  if (r < 0 || q < 0) return 0.f;
  const int above = quotient(r, s.by_stride), left = quotient(q, s.by_stride);
  const bool inside = above * s.stride == r && left * s.stride == q && above < s.rows && left < s.columns;
  return inside ? dy[(((offset_t)image * s.out + c) * s.rows + above) * s.columns + left] : 0.f;
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
  Divisor by_plane;
  DEVICE_MEMBER void operator()(int pixel, int channel, float v) const {
    const int image = quotient(pixel, by_plane);
    y[((offset_t)image * channels + channel) * plane + pixel - image * plane] = v;
  }
};

#define SIZES int n, int in, int height, int width, int out, int rows, int columns, int kernel, int stride, int padding
#define PASSED sizes_of(n, in, height, width, out, rows, columns, kernel, stride, padding)

// y = x * w1 + x2 * w2; x2 null for 0. A group for each block along z, whose weights are w1_group and w2_group further on.
PRODUCT_KERNEL(PRODUCT(convolution))
(const float* x, const float* w1, offset_t w1_group, const float* x2, const float* w2, offset_t w2_group, float* y,
 const int* ends, SIZES) {
  const Sizes s = PASSED;
  const Group group = group_at(ends, blockIdx.z, n);
  const int terms = in * kernel * kernel, pixels = group.count * rows * columns;
  if ((int)blockIdx.x * rows_of_block(out) >= pixels) return;
  x = from(x, group, in * height * width);
  x2 = from(x2, group, in * height * width);
  product(Patches{s, x, x2, terms}, Weights{w1 + blockIdx.z * w1_group, w2 + blockIdx.z * w2_group, terms},
          Planes{from(y, group, out * rows * columns), out, rows * columns, s.by_plane}, pixels, out, 0,
          x2 == nullptr ? terms : 2 * terms);
}
REGISTER_PRODUCT(convolution)

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
  Divisor by_area;
  DEVICE_MEMBER float operator()(int channel, int k) const {
    const float* w = k < terms ? first : second;
    const int at = k < terms ? k : k - terms, c = quotient(at, by_area);
    return w[((offset_t)c * in + channel) * area + at - c * area];
  }
};

// dx = dy * w1' + dy2 * w2'; dy2 null for 0. Groups as in convolution.
PRODUCT_KERNEL(PRODUCT(input_gradient))
(const float* dy, const float* w1, offset_t w1_group, const float* dy2, const float* w2, offset_t w2_group, float* dx,
 const int* ends, SIZES) {
  const Sizes s = PASSED;
  const Group group = group_at(ends, blockIdx.z, n);
  const int area = kernel * kernel, terms = out * area, pixels = group.count * height * width;
  if ((int)blockIdx.x * rows_of_block(in) >= pixels) return;
  dy = from(dy, group, out * rows * columns);
  dy2 = from(dy2, group, out * rows * columns);
  product(Covers{s, dy, dy2, terms},
          WeightsByInput{w1 + blockIdx.z * w1_group, w2 + blockIdx.z * w2_group, in, area, terms, s.by_area},
          Planes{from(dx, group, in * height * width), in, height * width, s.by_in_plane}, pixels, in, 0,
          dy2 == nullptr ? terms : 2 * terms);
}
REGISTER_PRODUCT(input_gradient)

struct Gradients {
  static const bool ALONG_TERMS = true;
  const float *first, *second;
  int channels, plane, pixels;
  Divisor by_plane;
  DEVICE_MEMBER float operator()(int channel, int k) const {
    const float* dy = k < pixels ? first : second;
    const int pixel = k < pixels ? k : k - pixels, image = quotient(pixel, by_plane);
    return dy[((offset_t)image * channels + channel) * plane + pixel - image * plane];
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
PRODUCT_KERNEL(PRODUCT(weight_gradient))
(const float* x, const float* dy, const float* x2, const float* dy2, float* parts, int share, int count, offset_t part,
 offset_t group, const int* ends, SIZES) {
  const Sizes s = PASSED;
  const int g = blockIdx.z / count, p = blockIdx.z % count;
  const Group own = group_at(ends, g, n);
  const int weights = in * kernel * kernel, pixels = own.count * rows * columns;
  const int all = x2 == nullptr ? pixels : 2 * pixels;
  const int first = p * share, to = all - first < share ? all : first + share;
  product(Gradients{from(dy, own, out * rows * columns), from(dy2, own, out * rows * columns), out, rows * columns,
                    pixels, s.by_plane},
          PatchesByWeight{s, from(x, own, in * height * width), from(x2, own, in * height * width), pixels},
          Part{parts + p * part + g * group, weights}, out, weights, first, to);
}
REGISTER_PRODUCT(weight_gradient)
