package io.mdc.check;
import io.mdc.tensor.*;
import java.util.*;
class Try { public static void main(String[] a){ for (CheckResult r : Checks.in(java.nio.file.Path.of("/work/shared/golden")).run(List.of(Backends.nd4j(Precision.DOUBLE), Backends.nd4j(Precision.FLOAT), Backends.host()))) System.out.printf("%-32s %-5s %-7s %s %s%n", r.name(), r.path(), r.precision(), r.error(), r.status()); } }
