// SPDX-License-Identifier: BSL-1.0
// CROWDRULES_VECTOR_CLONES: compile a function once for each generation of x86-64 and choose when the program loads.
//
// A library is built for the oldest processor, but a plain loop over a column runs five times faster with the vectors
// of a new one. The choice is made by the dynamic loader of glibc, before a thread sanitizer is ready for it;
// everywhere else the attribute is left out and the same loop is compiled once.
#pragma once

#include <cstddef>  // says whether this is glibc

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CROWDRULES_THREAD_SANITIZER
#endif
#elif defined(__SANITIZE_THREAD__)
#define CROWDRULES_THREAD_SANITIZER
#endif

#if defined(__x86_64__) && defined(__GLIBC__) && !defined(CROWDRULES_THREAD_SANITIZER)
#define CROWDRULES_VECTOR_CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define CROWDRULES_VECTOR_CLONES
#endif
