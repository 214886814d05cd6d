// Conversions, warps and colour changes of image batches [n, channels, plane]: io.mdc.tensor.ImageOps. Parameters are
// per image, or one for all where `each` is 0.
#include "device.h"

// images: the address of each.
KERNEL(load_pixels)
(const unsigned char* const* images, const float* scale, const float* shift, float* out, int channels, int plane,
 offset_t size) {
  EACH(i, size) {
    const offset_t length = (offset_t)channels * plane;
    const int c = (int)(i / plane % channels);
    out[i] = fmaf(scale[c], (float)images[i / length][i % length], shift[c]);
  }
}
REGISTER(load_pixels)

KERNEL(scale_channels)(const float* scale, const float* shift, float* x, int channels, int plane, offset_t size) {
  EACH(i, size) {
    const int c = (int)(i / plane % channels);
    x[i] = fmaf(scale[c], x[i], shift[c]);
  }
}
REGISTER(scale_channels)

KERNEL(brighten)(const float* amount, int each, float* x, offset_t image, offset_t size) {
  EACH(i, size) x[i] += amount[each * (i / image)];
}
REGISTER(brighten)

// A thread for each pixel of each image.
KERNEL(blend_with_channel_mean)(const float* factor, int each, float* x, int channels, int plane, offset_t pixels) {
  EACH(i, pixels) {
    const offset_t image = i / plane;
    float* at = x + image * channels * plane + i % plane;
    float mean = 0;
    for (int c = 0; c < channels; c++) mean += at[(offset_t)c * plane];
    mean /= channels;
    for (int c = 0; c < channels; c++) {
      at[(offset_t)c * plane] = fmaf(factor[each * image], at[(offset_t)c * plane] - mean, mean);
    }
  }
}
REGISTER(blend_with_channel_mean)

// A block for each image.
KERNEL(blend_with_image_mean)(const float* factor, int each, float* x, int image) {
  SHARED double room[MOST_THREADS];
  float* at = x + (offset_t)blockIdx.x * image;
  double sum = 0;
  for (int i = threadIdx.x; i < image; i += blockDim.x) sum += at[i];
  const float mean = (float)(sum_of_block(sum, room) / image);
  for (int i = threadIdx.x; i < image; i += blockDim.x) at[i] = fmaf(factor[each * blockIdx.x], at[i] - mean, mean);
}
REGISTER(blend_with_image_mean)

// Stretches the channels of a pixel about their mean.
DEVICE void saturate(float* at, float factor, float amount, int channels, int plane) {
  float mean = 0;
  for (int c = 0; c < channels; c++) mean += at[(offset_t)c * plane] + amount;
  mean /= channels;
  for (int c = 0; c < channels; c++) {
    at[(offset_t)c * plane] = fmaf(factor, at[(offset_t)c * plane] + amount - mean, mean);
  }
}

// Brightness, saturation and contrast in turn, or the adjoint of their linear part; three numbers for each image, a block
// for each image and a pixel for each of its threads.
KERNEL(recolour)(int adjoint, const float* three, int each, float* x, int channels, int plane) {
  SHARED double room[MOST_THREADS];
  const float* own = three + 3 * each * blockIdx.x;
  float* at = x + (offset_t)blockIdx.x * channels * plane;
  double sum = 0;
  for (int p = threadIdx.x; p < plane; p += blockDim.x) {
    if (!adjoint) saturate(at + p, own[1], own[0], channels, plane);
    for (int c = 0; c < channels; c++) sum += at[(offset_t)c * plane + p];
  }
  const float mean = (float)(sum_of_block(sum, room) / ((double)channels * plane));
  for (int p = threadIdx.x; p < plane; p += blockDim.x) {
    for (int c = 0; c < channels; c++) {
      float* v = at + (offset_t)c * plane + p;
      *v = fmaf(own[2], *v - mean, mean);
    }
    if (adjoint) saturate(at + p, own[1], 0.f, channels, plane);
  }
}
REGISTER(recolour)

// mixes: for each image a matrix [channels, channels] and then channels shifts; a thread for each pixel.
KERNEL(mix_channels)(const float* mixes, int each, const float* x, float* out, int channels, int plane, offset_t size) {
  EACH(i, size) {
    const offset_t image = i / ((offset_t)channels * plane);
    const int c = (int)(i / plane % channels);
    const float* mix = mixes + each * image * channels * (channels + 1);
    const float* at = x + image * channels * plane + i % plane;
    float sum = mix[channels * channels + c];
    for (int k = 0; k < channels; k++) sum = fmaf(mix[c * channels + k], at[(offset_t)k * plane], sum);
    out[i] = sum;
  }
}
REGISTER(mix_channels)

// edges: for each image top, bottom, left, right.
KERNEL(erase)(const int* edges, int each, float* x, int channels, int height, int width, offset_t size) {
  EACH(i, size) {
    const offset_t image = i / ((offset_t)channels * height * width);
    const int* edge = edges + each * image * 4;
    const int r = (int)(i / width % height), q = (int)(i % width);
    if (r >= edge[0] && r < edge[1] && q >= edge[2] && q < edge[3]) x[i] = 0.f;
  }
}
REGISTER(erase)

KERNEL(exchange)
(const int* from, const float* x, float* out, int top, int bottom, int left, int right, int channels, int height,
 int width, offset_t size) {
  EACH(i, size) {
    const offset_t image = (offset_t)channels * height * width;
    const int r = (int)(i / width % height), q = (int)(i % width);
    const bool inside = r >= top && r < bottom && q >= left && q < right;
    out[i] = inside ? x[from[i / image] * image + i % image] : x[i];
  }
}
REGISTER(exchange)

#define WARP_NUMBERS 6
#define WARP_SHIFT 0
#define WARP_FLIP 1
#define WARP_LINEAR 2
#define WARP_ENLARGE 3
#define WARP_SHRINK 4

// Sizes of the planes that warps read and write.
struct Planar {
  int height, width, rows, columns;
};

// The input pixels that an output pixel is made of, -1 for none, and a constant.
struct Taps {
  int index[4];
  float weight[4], offset;
};

DEVICE void tap(const Planar& s, Taps& taps, int k, int row, int column, double weight, double padding) {
  const bool inside = row >= 0 && row < s.height && column >= 0 && column < s.width;
  taps.index[k] = inside ? row * s.width + column : -1;
  taps.weight[k] = (float)weight;
  if (!inside) taps.offset += (float)(weight * padding);
}

DEVICE void bilinear(const Planar& s, Taps& taps, int r0, int r1, int q0, int q1, double fr, double fq, double padding) {
  tap(s, taps, 0, r0, q0, (1 - fr) * (1 - fq), padding);
  tap(s, taps, 1, r0, q1, (1 - fr) * fq, padding);
  tap(s, taps, 2, r1, q0, fr * (1 - fq), padding);
  tap(s, taps, 3, r1, q1, fr * fq, padding);
}

// Where in a tile of `tile` pixels output pixel `at` of `extent` is: the first of two neighbours, and how far behind it.
DEVICE int place_in_tile(int at, int tile, int extent, double* behind) {
  const double y = fmax(0., (at + 0.5) * tile / extent - 0.5);
  const int first = (int)y < tile - 1 ? (int)y : tile - 1;
  *behind = y - first;
  return first;
}

// As io.mdc.tensor.Warp: a kind, then its numbers.
DEVICE Taps taps_of(const Planar& s, const double* warp, int r, int q) {
  Taps taps = {{-1, -1, -1, -1}, {0, 0, 0, 0}, 0};
  const double* n = warp + 1;
  switch ((int)warp[0]) {
    case WARP_SHIFT:
      tap(s, taps, 0, r + (int)n[0], q + (int)n[1], 1, 0);
      break;
    case WARP_FLIP:
      tap(s, taps, 0, r, s.width - 1 - q, 1, 0);
      break;
    case WARP_LINEAR: {
      const double y = (2. * r + 1) / s.rows - 1, x = (2. * q + 1) / s.columns - 1;
      const double column = ((n[0] * x + n[1] * y + 1) * s.width - 1) / 2;
      const double row = ((n[2] * x + n[3] * y + 1) * s.height - 1) / 2;
      const int r0 = (int)floor(row), q0 = (int)floor(column);
      bilinear(s, taps, r0, r0 + 1, q0, q0 + 1, row - r0, column - q0, 0);
      break;
    }
    case WARP_ENLARGE: {
      const int top = (int)n[0], left = (int)n[1], height = (int)n[2], width = (int)n[3];
      double fr, fq;
      const int r0 = place_in_tile(r, height, s.rows, &fr), q0 = place_in_tile(q, width, s.columns, &fq);
      const int r1 = r0 + 1 < height ? r0 + 1 : r0, q1 = q0 + 1 < width ? q0 + 1 : q0;
      bilinear(s, taps, top + r0, top + r1, left + q0, left + q1, fr, fq, n[4]);
      break;
    }
    default: {
      const int top = (int)n[0], bottom = (int)n[1], left = (int)n[2], right = (int)n[3];
      if (r >= top && r < bottom && q >= left && q < right) {
        tap(s, taps, 0, (r - top) * s.height / (bottom - top), (q - left) * s.width / (right - left), 1, 0);
      }
    }
  }
  return taps;
}

// Output pixels from one (inclusive) to another (inclusive) along an axis.
struct Range {
  int from, to;
};

DEVICE Range range_of(double from, double to, int extent) {
  const int first = (int)floor(from), last = (int)ceil(to);
  return Range{first < 0 ? 0 : first, last < extent ? last : extent - 1};
}

// Output pixels of an axis that a pixel `at` of a tile may have a weight in.
DEVICE Range range_of_tile(int at, int tile, int extent) {
  if (at < 0 || at >= tile) return Range{0, -1};
  const double scale = (double)extent / tile;
  Range range = range_of((at - 0.5) * scale - 0.5, (at + 1.5) * scale - 0.5, extent);
  if (at == 0) range.from = 0;
  if (at == tile - 1) range.to = extent - 1;
  return range;
}

// Output pixels of an axis that pixel `at` of a plane shrunk into [from, to) is copied to.
DEVICE Range range_of_shrunk(int at, int from, int to, int extent) {
  const double scale = (double)(to - from) / extent;
  return Range{from + (int)floor(at * scale), from + (int)ceil((at + 1) * scale) < to ? from + (int)ceil((at + 1) * scale) : to - 1};
}

// Rows and columns of output pixels that have a weight of input pixel (r, q), and perhaps some more.
DEVICE void box_of(const Planar& s, const double* warp, int r, int q, Range* rows, Range* columns) {
  const double* n = warp + 1;
  switch ((int)warp[0]) {
    case WARP_SHIFT:
      *rows = range_of(r - n[0], r - n[0], s.rows);
      *columns = range_of(q - n[1], q - n[1], s.columns);
      break;
    case WARP_FLIP:
      *rows = Range{r, r};
      *columns = Range{s.width - 1 - q, s.width - 1 - q};
      break;
    case WARP_LINEAR: {
      const double det = n[0] * n[3] - n[1] * n[2];
      if (det == 0) {
        *rows = Range{0, s.rows - 1};
        *columns = Range{0, s.columns - 1};
        break;
      }
      const double a = n[3] / det, b = -n[1] / det, c = -n[2] / det, d = n[0] / det;
      const double x = (2. * q + 1) / s.width - 1, y = (2. * r + 1) / s.height - 1;
      const double across = fabs(a) * 2 / s.width + fabs(b) * 2 / s.height;
      const double down = fabs(c) * 2 / s.width + fabs(d) * 2 / s.height;
      const double column = a * x + b * y + 1, row = c * x + d * y + 1;
      *rows = range_of(((row - down) * s.rows - 1) / 2, ((row + down) * s.rows - 1) / 2, s.rows);
      *columns = range_of(((column - across) * s.columns - 1) / 2, ((column + across) * s.columns - 1) / 2, s.columns);
      break;
    }
    case WARP_ENLARGE:
      *rows = range_of_tile(r - (int)n[0], (int)n[2], s.rows);
      *columns = range_of_tile(q - (int)n[1], (int)n[3], s.columns);
      break;
    default:
      *rows = range_of_shrunk(r, (int)n[0], (int)n[1], s.height);
      *columns = range_of_shrunk(q, (int)n[2], (int)n[3], s.width);
  }
}

// sources: the image that each output is made of; null for its own.
KERNEL(warp)
(const float* x, const int* sources, const double* warps, int each, float* out, int channels, int height, int width,
 int rows, int columns, offset_t size) {
  const Planar s = {height, width, rows, columns};
  const int plane = rows * columns;
  EACH(i, size) {
    const offset_t image = i / ((offset_t)channels * plane);
    const int c = (int)(i / plane % channels), p = (int)(i % plane);
    const Taps taps = taps_of(s, warps + each * image * WARP_NUMBERS, p / columns, p % columns);
    const offset_t source = sources == nullptr ? image : sources[image];
    const float* in = x + (source * channels + c) * height * width;
    float sum = taps.offset;
    for (int k = 0; k < 4; k++) {
      if (taps.index[k] >= 0) sum = fmaf(taps.weight[k], in[taps.index[k]], sum);
    }
    out[i] = sum;
  }
}
REGISTER(warp)

// Outputs that come from image j are list[first[j]..first[j + 1]), in their order; first null where each is its own.
KERNEL(warp_adjoint)
(const float* d_out, const int* first, const int* list, const double* warps, int each, float* dx, int channels,
 int height, int width, int rows, int columns, offset_t size) {
  const Planar s = {height, width, rows, columns};
  const int plane = height * width;
  EACH(i, size) {
    const int image = (int)(i / ((offset_t)channels * plane));
    const int c = (int)(i / plane % channels), p = (int)(i % plane);
    const int from = first == nullptr ? image : first[image], to = first == nullptr ? image + 1 : first[image + 1];
    float sum = 0;
    for (int o = from; o < to; o++) {
      const int output = first == nullptr ? o : list[o];
      const double* warp = warps + (offset_t)each * output * WARP_NUMBERS;
      const float* d = d_out + ((offset_t)output * channels + c) * rows * columns;
      Range down, across;
      box_of(s, warp, p / width, p % width, &down, &across);
      for (int r = down.from; r <= down.to; r++) {
        for (int q = across.from; q <= across.to; q++) {
          const Taps taps = taps_of(s, warp, r, q);
          for (int k = 0; k < 4; k++) {
            if (taps.index[k] == p) sum = fmaf(taps.weight[k], d[r * columns + q], sum);
          }
        }
      }
    }
    dx[i] = sum;
  }
}
REGISTER(warp_adjoint)
