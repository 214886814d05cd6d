// Conversions, warps and colour changes of image batches [n, channels, plane]: io.mdc.tensor.ImageOps. Parameters are
// per image, or one for all where `each` is 0.
#include "device.h"

KERNEL(load_pixels)
(const unsigned char* pixels, const float* scale, const float* shift, float* out, int channels, int plane,
 offset_t size) {
  EACH(i, size) {
    const int c = (int)(i / plane % channels);
    out[i] = fmaf(scale[c], (float)pixels[i], shift[c]);
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

// One table for each warp: taps numbers of input pixels and taps weights for each output pixel, and an offset.
KERNEL(warp)
(const float* x, const int* sources, const int* index, const float* weight, const float* offset, int each, float* out,
 int taps, int channels, int in_plane, int out_plane, offset_t size) {
  EACH(i, size) {
    const offset_t image = i / ((offset_t)channels * out_plane);
    const int c = (int)(i / out_plane % channels);
    const offset_t at = each * image * out_plane + i % out_plane;
    const float* in = x + ((offset_t)sources[image] * channels + c) * in_plane;
    float sum = offset[at];
    for (int k = 0; k < taps; k++) sum = fmaf(weight[at * taps + k], in[index[at * taps + k]], sum);
    out[i] = sum;
  }
}
REGISTER(warp)

// The transposed tables: for input pixel p of warp w, places[start[p]..start[p + 1]) are output pixels. Outputs that come
// from image j are list[first[j]..first[j + 1]), in their order.
KERNEL(warp_adjoint)
(const float* d_out, const int* first, const int* list, const int* start, const int* places, const float* weight,
 int each, float* dx, int channels, int in_plane, int out_plane, offset_t size) {
  EACH(i, size) {
    const offset_t image = i / ((offset_t)channels * in_plane);
    const int c = (int)(i / in_plane % channels), p = (int)(i % in_plane);
    float sum = 0;
    for (int o = first[image]; o < first[image + 1]; o++) {
      const float* from = d_out + ((offset_t)list[o] * channels + c) * out_plane;
      const int* row = start + (offset_t)each * list[o] * (in_plane + 1) + p;
      for (int k = row[0]; k < row[1]; k++) sum = fmaf(weight[k], from[places[k]], sum);
    }
    dx[i] = sum;
  }
}
REGISTER(warp_adjoint)
