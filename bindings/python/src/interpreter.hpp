// SPDX-License-Identifier: BSL-1.0
// Interpreter: letting go of its lock for long work, and taking it again.
//
//   {
//       const Released released;        other threads of Python run meanwhile
//       settle(...);
//   }
//
// What pybind11 has for this ends the process when the interpreter goes down meanwhile: Python then ends the thread
// that asks for the lock, in the middle of a destructor. Here such a thread waits for the end of the process instead,
// as it does from Python 3.14 on; it would not come back to any code of ours either way.
#pragma once

#include "bind.hpp"
#include <chrono>
#include <thread>

namespace crowdrules::python {

template <class Take>
void take_lock(Take take) noexcept {
    try {
        take();
    } catch (...) {
        // Not an exception: the end of this thread, which may not be caught and forgotten.
        for (;;) std::this_thread::sleep_for(std::chrono::hours{1});
    }
}

/// Without the lock until the end of the block. Expects: held.
class Released {
  public:
    Released() : state_(PyEval_SaveThread()) {}
    ~Released() {
        take_lock([&] { PyEval_RestoreThread(state_); });
    }
    Released(const Released&) = delete;
    Released& operator=(const Released&) = delete;

  private:
    PyThreadState* state_;
};

/// With the lock until the end of the block, whether it was held before or not.
class Held {
  public:
    Held() noexcept {
        take_lock([&] { state_ = PyGILState_Ensure(); });
    }
    ~Held() { PyGILState_Release(state_); }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

  private:
    PyGILState_STATE state_{};
};

}  // namespace crowdrules::python
