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
#include <optional>
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

/// To be called now and then by long work that has released the interpreter: lets Ctrl-C through.
void let_signals_through();

/// The same for work that calls it more often: lets Ctrl-C through every tenth of a second, because the lock may take
/// some milliseconds to get while other threads of Python work.
class Listener {
  public:
    void listen() {
        const auto now = std::chrono::steady_clock::now();
        if (next_ && now >= *next_) {
            let_signals_through();
            next_.reset();
        }
        if (!next_) next_ = now + std::chrono::milliseconds{100};
    }

  private:
    std::optional<std::chrono::steady_clock::time_point> next_;
};

}  // namespace crowdrules::python
