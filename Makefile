# Two commands: `make serve` to use it, `make test` to trust it. Each installs what is missing
# and does nothing twice; compiled things live in a cache outside the checkout (scripts/cache.sh).

.PHONY: serve build test bench bench-insights check browser-test clean

RUN := scripts/with-env.sh

## Builds the page and serves it on 127.0.0.1:8080 (PORT=… for another).
serve: build
	@$(RUN) scripts/serve.sh

## Leaves a dist/ that any static host can serve from any path.
build:
	@scripts/setup.sh build
	@$(RUN) scripts/build.sh

## Everything: format, lints, native tests, docs, a minute of fuzzing, the wasm build, tests in a
## real browser.
test: check
	@$(RUN) scripts/fuzz.sh
	@$(RUN) scripts/build.sh
	@$(RUN) scripts/build.sh --traps dist-traps
	@$(RUN) scripts/browser-test.sh

## The part of `test` that needs no browser.
check:
	@scripts/setup.sh test
	@$(RUN) scripts/check.sh

## Only the tests in the browser, on the dist/ that is there.
browser-test:
	@scripts/setup.sh test
	@$(RUN) scripts/browser-test.sh

## Measures load and questions in the browser; LOGS=folder for other logs than the generated ones.
bench: build
	@scripts/setup.sh bench
	@$(RUN) scripts/bench.sh

## Measures what the insights find of what was put into a synthetic log, beside four rivals;
## SEEDS=development for the seeds on which constants may be chosen.
bench-insights:
	@scripts/setup.sh build
	@$(RUN) cargo bench --quiet --bench insights -- $(SEEDS)

clean:
	rm -rf dist dist-traps bench-results.json
