// Matrices, row-major, and the classifier's loss: io.mdc.tensor.MatrixOps.
#include "product.h"

struct Strided {
  static const bool ALONG_TERMS = false;
  const float* at;
  int row, term;
  DEVICE_MEMBER float operator()(int i, int k) const { return at[(offset_t)i * row + (offset_t)k * term]; }
};

// Added to `beta` times what is there and, unless null, to a row that is the same for all.
struct Blended {
  float* out;
  int columns;
  float beta;
  const float* row;
  DEVICE_MEMBER void operator()(int i, int j, float v) const {
    float* to = out + (offset_t)i * columns + j;
    v = beta == 0.f ? v : fmaf(beta, *to, v);
    *to = row == nullptr ? v : v + row[j];
  }
};

// Columns of a matrix as rows, and below them a row of ones.
struct ColumnsAndOnes {
  static const bool ALONG_TERMS = false;
  const float* at;
  int columns;
  DEVICE_MEMBER float operator()(int i, int k) const { return i < columns ? at[(offset_t)k * columns + i] : 1.f; }
};

// Rows to one place, and what is below them to another.
struct RowsAndLast {
  Blended out;
  int rows;
  float* last;
  DEVICE_MEMBER void operator()(int i, int j, float v) const {
    if (i < rows) {
      out(i, j, v);
    } else {
      last[j] = v;
    }
  }
};

// out = op(a) op(b) + beta out, and a row added to every row unless it is null; elements of op(a) [rows, terms] and op(b) [terms, columns] by their strides. The rows are
// samples of groups, a group for each block along z, whose b is b_group further on.
PRODUCT_KERNEL(multiply)
(const float* a, int a_row, int a_term, const float* b, int b_term, int b_column, offset_t b_group, float beta,
 const float* row, float* out, const int* ends, int rows, int columns, int terms) {
  const Group group = group_at(ends, blockIdx.z, rows);
  if ((int)blockIdx.x * rows_of_block(columns) >= group.count) return;
  product(Strided{a + (offset_t)group.first * a_row, a_row, a_term},
          Strided{b + blockIdx.z * b_group, b_column, b_term},
          Blended{out + (offset_t)group.first * columns, columns, beta, row}, group.count, columns, 0, terms);
}
REGISTER(multiply)

// out = a' b + beta out over the samples of a group, for each block along z, whose out is out_group further on; sums, its
// columns' sums of b, unless null.
PRODUCT_KERNEL(multiply_transposed)
(const float* a, const float* b, float beta, float* out, float* sums, offset_t out_group, const int* ends, int n,
 int rows, int columns) {
  const Group group = group_at(ends, blockIdx.z, n);
  product(ColumnsAndOnes{a + (offset_t)group.first * rows, rows},
          Strided{b + (offset_t)group.first * columns, 1, columns},
          RowsAndLast{Blended{out + blockIdx.z * out_group, columns, beta, nullptr}, rows, sums + blockIdx.z * out_group},
          sums == nullptr ? rows : rows + 1, columns, 0, group.count);
}
REGISTER(multiply_transposed)

KERNEL(add_to_rows)
(const float* row, offset_t row_group, const int* ends, float* matrix, int columns, offset_t size) {
  EACH(i, size) matrix[i] += row[group_of(ends, (int)(i / columns)) * row_group + i % columns];
}
REGISTER(add_to_rows)

// A block for each column and group.
KERNEL(column_sums)(const float* matrix, float* out, offset_t out_group, const int* ends, int rows, int columns) {
  SHARED float room[MOST_THREADS];
  const Group group = group_at(ends, blockIdx.y, rows);
  float sum = 0;
  for (int i = threadIdx.x; i < group.count; i += blockDim.x) {
    sum += matrix[(offset_t)(group.first + i) * columns + blockIdx.x];
  }
  sum = sum_of_block(sum, room);
  if (threadIdx.x == 0) out[blockIdx.y * out_group + blockIdx.x] = sum;
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

// A block for each sample; classes are few. Groups have a weight each.
KERNEL(softmax_loss)
(const float* logits, const float* targets, const float* weights, const int* ends, float* probabilities, float* delta,
 double* losses, int classes) {
  const float weight = weights[group_of(ends, blockIdx.x)];
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

KERNEL(softmax_loss_tangent)
(const float* p, const float* logits_dot, const float* weights, const int* ends, float* out, int classes) {
  const float weight = weights[group_of(ends, blockIdx.x)];
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
