// Kernels as plain C++: every thread of a block is a fiber of its own, a barrier goes on to the next one, and the order
// in which threads run between barriers is shuffled, so that one that is missing gives wrong answers. Blocks run one
// after the other, in shuffled order too.
#pragma once
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace emulator {

struct Index {
  unsigned x, y, z;
};

extern Index thread, block, block_extent, grid_extent;

// Waits until all threads of the block are here.
void barrier();

using Kernel = void (*)(void** arguments);

// Makes a kernel known by its name.
struct Registration {
  Registration(const char* name, Kernel kernel);
};

// Null if there is none.
Kernel find(const char* name);

// Empty, or what went wrong.
const char* launch(Kernel kernel, Index grid, Index threads, void** arguments, unsigned seed);

// Calls a function of any parameters with those that a driver is given: an address of each.
template <auto function, class Signature = decltype(function)>
struct Call;

template <auto function, class... Parameters>
struct Call<function, void (*)(Parameters...)> {
  static void with(void** arguments) { spread(arguments, std::index_sequence_for<Parameters...>{}); }

 private:
  template <size_t... i>
  static void spread(void** arguments, std::index_sequence<i...>) {
    function(*static_cast<std::remove_reference_t<Parameters>*>(arguments[i])...);
  }
};

}  // namespace emulator

#define threadIdx ::emulator::thread
#define blockIdx ::emulator::block
#define blockDim ::emulator::block_extent
#define gridDim ::emulator::grid_extent
#define KERNEL(name) extern "C" void name
#define REGISTER(name) static const ::emulator::Registration name##_known(#name, &::emulator::Call<&name>::with);
#define DEVICE static inline
#define DEVICE_MEMBER inline
#define SHARED static
#define BARRIER() ::emulator::barrier()
