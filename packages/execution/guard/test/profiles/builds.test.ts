import { describe } from "vitest";
import { linesAre } from "./example-lines.ts";

describe("what the line brings to a build is judged", () => {
  linesAre(
    "deny",
    String.raw`
    make SHELL='sudo sh'
    make -f <(echo 'x:;sudo id')
    make --eval='x:;sudo id' x
    make SHELL=/tmp/sh
    make -f /dev/stdin <<< 'x:;sudo id'
    just --shell sh --shell-arg 'sudo id' x
    mvn exec:exec -Dexec.executable=/bin/sh -Dexec.args='-c "sudo id"'
    `,
  );
});

describe("building passes", () => {
  linesAre(
    "allow",
    String.raw`
    rake -T
    make
    make -j$(nproc)
    make test V=1
    make build CC=clang
    make -C packages/app test
    make help
    make clean
    make -s -k check
    make VERSION=1.2.3 release-notes
    make lint ARGS="--fix"
    just
    just test
    just --list
    task build
    rake test
    ninja -C build
    ninja -C build -j4 test
    gradle build
    ./gradlew test
    ./gradlew :app:assembleDebug --info
    ./mvnw -q verify
    gradle test --tests FooTest
    mvn clean install -DskipTests
    mvn dependency:tree
    sbt compile
    sbt "testOnly *Foo"
    dotnet build
    dotnet test --no-build
    dotnet run --project src/App -- --flag
    bazel build //...
    bazel test //... --test_output=errors
    swift test
    tox
    tox -e lint,py311
    nox -l
    `,
  );
});
