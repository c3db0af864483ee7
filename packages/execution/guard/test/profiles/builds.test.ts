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
    rake db:migrate RAILS_ENV=test
    rake spec
    make -j BUILD_TYPE=Release
    make -f Makefile.dev up
    make docker-build TAG=$(git rev-parse --short HEAD)
    make "ARGS=-k foo" test
    make -j4 2>&1 | tee build.log
    make -pq
    make PYTHON=python3 test
    make GO=go NPM=pnpm build
    make DESTDIR=/tmp/x install
    make CFLAGS="-O2 -g" LDFLAGS=-lm
    make help | grep test
    make --dry-run deploy
    dotnet watch run
    dotnet new list
    dotnet format --verify-no-changes
    dotnet ef migrations add X
    gradle -q dependencies
    ./gradlew clean build -x test --no-daemon
    ./gradlew bootRun --args='--x'
    mvn spring-boot:run
    mvn -pl app -am test
    mvn -B verify -P ci
    mvn versions:display-dependency-updates
    bazel query //...
    bazel run //app -- --flag
    just -n build
    just build release x=1
    task --list-all
    nox -s tests -- -k foo
    tox -e py -- -x
    tox -p auto
    `,
  );
});
