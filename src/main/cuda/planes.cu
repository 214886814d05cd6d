// Pooling, ReLU and channel copies on planes: io.mdc.tensor.PlaneOps.
#include "device.h"

KERNEL(relu)(const float* x, float* y, offset_t size) { EACH(i, size) y[i] = fmaxf(x[i], 0.f); }
REGISTER(relu)

KERNEL(gate)(const float* y, const float* x, float* out, offset_t size) { EACH(i, size) out[i] = y[i] > 0.f ? x[i] : 0.f; }
REGISTER(gate)

// A window of side by side pixels that moves by stride over planes padded on every side.
struct Windows {
  int side, stride, padding, height, width, rows, columns;
};

#define WINDOWS int side, int stride, int padding, int height, int width, int rows, int columns
#define WINDOWS_PASSED \
  { side, stride, padding, height, width, rows, columns }

KERNEL(average_pool)(const float* x, float* y, offset_t size, WINDOWS) {
  (void)padding;
  EACH(i, size) {
    const offset_t plane = i / (rows * columns);
    const int at = (int)(i % (rows * columns)), top = at / columns * stride, left = at % columns * stride;
    const float* in = x + plane * height * width;
    float sum = 0;
    for (int r = 0; r < side; r++) {
      for (int q = 0; q < side; q++) sum += in[(top + r) * width + left + q];
    }
    y[i] = sum / (side * side);
  }
}
REGISTER(average_pool)

// The sum of f(output pixel, place) over the windows that cover the pixel at (row, column).
template <class F>
DEVICE float over_windows(const Windows& w, int row, int column, const F& f) {
  float sum = 0;
  for (int r = 0; r < w.side; r++) {
    const int top = row + w.padding - r;
    if (top < 0 || top % w.stride != 0 || top / w.stride >= w.rows) continue;
    for (int q = 0; q < w.side; q++) {
      const int left = column + w.padding - q;
      if (left < 0 || left % w.stride != 0 || left / w.stride >= w.columns) continue;
      sum += f(top / w.stride * w.columns + left / w.stride, r * w.side + q);
    }
  }
  return sum;
}

struct Share {
  const float* dy;
  float part;
  DEVICE_MEMBER float operator()(int at, int) const { return dy[at] * part; }
};

KERNEL(average_pool_adjoint)(const float* dy, float* dx, offset_t size, WINDOWS) {
  const Windows w = WINDOWS_PASSED;
  EACH(i, size) {
    const offset_t plane = i / (height * width);
    const int at = (int)(i % (height * width));
    const Share share{dy + plane * rows * columns, 1.f / (side * side)};
    dx[i] = over_windows(w, at / width, at % width, share);
  }
}
REGISTER(average_pool_adjoint)

KERNEL(maximum_pool)(const float* x, float* y, float* chosen, offset_t size, WINDOWS) {
  EACH(i, size) {
    const offset_t plane = i / (rows * columns);
    const int at = (int)(i % (rows * columns));
    const int top = at / columns * stride - padding, left = at % columns * stride - padding;
    const float* in = x + plane * height * width;
    float most = -INFINITY;
    int best = -1;
    for (int place = 0; place < side * side; place++) {
      const int r = top + place / side, q = left + place % side;
      if (r < 0 || r >= height || q < 0 || q >= width) continue;
      if (best < 0 || in[r * width + q] > most) {
        most = in[r * width + q];
        best = place;
      }
    }
    y[i] = most;
    chosen[i] = (float)best;
  }
}
REGISTER(maximum_pool)

struct Chosen {
  const float *dy, *chosen;
  DEVICE_MEMBER float operator()(int at, int place) const { return chosen[at] == (float)place ? dy[at] : 0.f; }
};

KERNEL(maximum_pool_adjoint)(const float* dy, const float* chosen, float* dx, offset_t size, WINDOWS) {
  const Windows w = WINDOWS_PASSED;
  EACH(i, size) {
    const offset_t plane = i / (height * width);
    const int at = (int)(i % (height * width));
    const Chosen those{dy + plane * rows * columns, chosen + plane * rows * columns};
    dx[i] = over_windows(w, at / width, at % width, those);
  }
}
REGISTER(maximum_pool_adjoint)

KERNEL(maximum_pool_tangent)(const float* x_dot, const float* chosen, float* y_dot, offset_t size, WINDOWS) {
  EACH(i, size) {
    const offset_t plane = i / (rows * columns);
    const int at = (int)(i % (rows * columns)), place = (int)chosen[i];
    const int r = at / columns * stride - padding + place / side, q = at % columns * stride - padding + place % side;
    y_dot[i] = x_dot[plane * height * width + r * width + q];
  }
}
REGISTER(maximum_pool_tangent)

// `run` elements of each sample, channels and their planes together.
KERNEL(copy_channels)
(const float* from, offset_t from_sample, offset_t from_first, float* to, offset_t to_sample, offset_t to_first,
 offset_t run, offset_t size) {
  EACH(i, size) to[i / run * to_sample + to_first + i % run] = from[i / run * from_sample + from_first + i % run];
}
REGISTER(copy_channels)
