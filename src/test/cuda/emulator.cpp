#include "emulator.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace emulator {

Index thread, block, block_extent, grid_extent;

namespace {

const size_t STACK = 64 * 1024;

enum class State { READY, WAITING, ENDED };

struct Fiber {
  void* stack_pointer = nullptr;
  Index id{};
  State state = State::ENDED;
  std::vector<char> stack;
};

std::vector<Fiber> fibers;
void* scheduler;
Fiber* running;
Kernel body;
void** body_arguments;

std::map<std::string, Kernel>& kernels() {
  static std::map<std::string, Kernel> all;
  return all;
}

// Saves the registers that functions preserve on this stack, and goes on where `to` was left.
extern "C" void mdc_switch_stack(void** from, void* to);
asm(R"(
.text
.type mdc_switch_stack, @function
mdc_switch_stack:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
)");

void leave(State state) {
  running->state = state;
  mdc_switch_stack(&running->stack_pointer, scheduler);
}

void run_body() {
  body(body_arguments);
  leave(State::ENDED);
}

void prepare(Fiber& fiber, Index id) {
  if (fiber.stack.empty()) fiber.stack.resize(STACK);
  auto top = (reinterpret_cast<uintptr_t>(fiber.stack.data()) + STACK) & ~uintptr_t{15};
  auto* slot = reinterpret_cast<void**>(top);
  *--slot = nullptr;  // where run_body would return to, which it does not
  *--slot = reinterpret_cast<void*>(run_body);
  for (int i = 0; i < 6; i++) *--slot = nullptr;
  fiber.stack_pointer = slot;
  fiber.id = id;
  fiber.state = State::READY;
}

void go_on(Fiber& fiber) {
  running = &fiber;
  thread = fiber.id;
  mdc_switch_stack(&scheduler, fiber.stack_pointer);
}

const char* run_block(size_t threads, std::vector<size_t>& order, std::mt19937& random) {
  for (size_t i = 0; i < threads; i++) {
    const auto n = static_cast<unsigned>(i);
    prepare(fibers[i], {n % block_extent.x, n / block_extent.x % block_extent.y, n / block_extent.x / block_extent.y});
  }
  while (true) {
    // A full shuffle at every barrier would take longer than the kernels do.
    std::rotate(order.begin(), order.begin() + random() % threads, order.end());
    if (random() % 2) std::reverse(order.begin(), order.end());
    for (size_t i : order) go_on(fibers[i]);
    const auto ended = std::count_if(
        fibers.begin(), fibers.begin() + threads, [](const Fiber& f) { return f.state == State::ENDED; });
    if (static_cast<size_t>(ended) == threads) return "";
    if (ended > 0) return "some threads of a block ended while others wait at a barrier";
  }
}

}  // namespace

void barrier() { leave(State::WAITING); }

Registration::Registration(const char* name, Kernel kernel) { kernels()[name] = kernel; }

Kernel find(const char* name) {
  const auto found = kernels().find(name);
  return found == kernels().end() ? nullptr : found->second;
}

const char* launch(Kernel kernel, Index grid, Index threads, void** arguments, unsigned seed) {
  const size_t count = size_t{threads.x} * threads.y * threads.z;
  std::mt19937 random(seed);
  body = kernel;
  body_arguments = arguments;
  block_extent = threads;
  grid_extent = grid;
  if (fibers.size() < count) fibers.resize(count);
  std::vector<size_t> order(count);
  for (size_t i = 0; i < count; i++) order[i] = i;
  std::shuffle(order.begin(), order.end(), random);
  const size_t blocks = size_t{grid.x} * grid.y * grid.z, first = random() % blocks;
  for (size_t k = 0; k < blocks; k++) {
    const size_t b = (first + k) % blocks;
    block = {static_cast<unsigned>(b % grid.x), static_cast<unsigned>(b / grid.x % grid.y),
             static_cast<unsigned>(b / grid.x / grid.y)};
    const char* wrong = run_block(count, order, random);
    if (*wrong) return wrong;
  }
  return "";
}

}  // namespace emulator
