// Matrices, row-major, and the classifier's loss: io.mdc.tensor.MatrixOps.
#include "product.h"

struct Strided {
  static const bool ALONG_TERMS = false;
  const float* at;
  int row, term;
  DEVICE_MEMBER float operator()(int i, int k) const { return at[(offset_t)i * row + (offset_t)k * term]; }
};

struct Blended {
  float* out;
  int columns;
  float beta;
  DEVICE_MEMBER void operator()(int i, int j, float v) const {
    float* to = out + (offset_t)i * columns + j;
    *to = beta == 0.f ? v : fmaf(beta, *to, v);
  }
};

// out = op(a) op(b) + beta out; elements of op(a) [rows, terms] and op(b) [terms, columns] by their strides.
KERNEL(multiply)
(const float* a, int a_row, int a_term, const float* b, int b_term, int b_column, float beta, float* out, int rows,
 int columns, int terms) {
  product(Strided{a, a_row, a_term}, Strided{b, b_column, b_term}, Blended{out, columns, beta}, rows, columns, 0,
          terms);
}
REGISTER(multiply)

KERNEL(add_to_rows)(const float* row, float* matrix, int columns, offset_t size) {
  EACH(i, size) matrix[i] += row[i % columns];
}
REGISTER(add_to_rows)

// A block for each column.
KERNEL(column_sums)(const float* matrix, float* out, int rows, int columns) {
  SHARED float room[MOST_THREADS];
  float sum = 0;
  for (int i = threadIdx.x; i < rows; i += blockDim.x) sum += matrix[(offset_t)i * columns + blockIdx.x];
  sum = sum_of_block(sum, room);
  if (threadIdx.x == 0) out[blockIdx.x] = sum;
}
REGISTER(column_sums)

KERNEL(transpose)(const float* matrix, float* out, int rows, int columns, offset_t size) {
  EACH(i, size) out[i] = matrix[i % rows * columns + i / rows];
}
REGISTER(transpose)

KERNEL(combine_rows)
(const double* p, const float* a, const double* q, const float* b, float* out, offset_t columns, offset_t size) {
  EACH(i, size) out[i] = (float)(p[i / columns] * a[i] + q[i / columns] * b[i]);
}
REGISTER(combine_rows)

// A block for each sample; classes are few.
KERNEL(softmax_loss)
(const float* logits, const float* targets, float weight, float* probabilities, float* delta, double* losses,
 int classes) {
  SHARED float room[MOST_THREADS];
  SHARED double loss_room[MOST_THREADS];
  const offset_t first = (offset_t)blockIdx.x * classes;
  const int t = threadIdx.x;
  float most = -INFINITY;
  for (int k = 0; k < classes; k++) most = fmaxf(most, logits[first + k]);
  float sum = 0;
  for (int k = t; k < classes; k += blockDim.x) sum += expf(logits[first + k] - most);
  const float log_sum = logf(sum_of_block(sum, room));
  double loss = 0;
  for (int k = t; k < classes; k += blockDim.x) {
    const float log_p = logits[first + k] - most - log_sum, p = expf(log_p), target = targets[first + k];
    if (target != 0.f) loss -= (double)target * log_p;
    probabilities[first + k] = p;
    delta[first + k] = weight * (p - target);
  }
  loss = sum_of_block(loss, loss_room);
  if (t == 0) losses[blockIdx.x] = loss;
}
REGISTER(softmax_loss)

KERNEL(softmax_loss_tangent)(const float* p, const float* logits_dot, float weight, float* out, int classes) {
  SHARED float room[MOST_THREADS];
  const offset_t first = (offset_t)blockIdx.x * classes;
  float mean = 0;
  for (int k = threadIdx.x; k < classes; k += blockDim.x) mean = fmaf(p[first + k], logits_dot[first + k], mean);
  mean = sum_of_block(mean, room);
  for (int k = threadIdx.x; k < classes; k += blockDim.x) {
    out[first + k] = weight * p[first + k] * (logits_dot[first + k] - mean);
  }
}
REGISTER(softmax_loss_tangent)

// A thread for each row.
KERNEL(row_argmax)(const float* matrix, int* out, int rows, int columns) {
  EACH(i, rows) {
    const float* row = matrix + i * columns;
    int best = 0;
    for (int k = 1; k < columns; k++) {
      if (row[k] > row[best]) best = k;
    }
    out[i] = best;
  }
}
REGISTER(row_argmax)
