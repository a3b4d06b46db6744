// Starts the page: says why it cannot run where it cannot, else fetches and compiles the three
// programs at once. Plain old JavaScript, so that an old browser gets as far as the sentence.
(function () {
  "use strict";
  var BUILD = "@BUILD@";
  // The hashes of this build's scripts: one of another build is refused, not mixed in.
  var HASHES = { app: "@HASH:app.js@", reader: "@HASH:reader.js@", engine: "@HASH:engine.js@" };

  // What stands before a worker's own program: waits for the compiled module, starts it, and keeps
  // what arrives until the program listens. Whatever fails becomes an `error` event in the page.
  var WORKER =
    "\n{ const early = [];" +
    " self.onunhandledrejection = (event) => { throw event.reason; };" +
    " self.onmessage = (first) => {" +
    " self.onmessage = (event) => { early.push(event); };" +
    " wasm_bindgen({ module_or_path: first.data }).then(() => {" +
    " for (const event of early.splice(0)) self.onmessage(event); }); }; }";

  function address(file) {
    return file + "?v=" + BUILD;
  }

  // Shows sentences instead of the page; as text, never as HTML.
  function say(english, korean) {
    function show() {
      var place = document.getElementById("boot") || document.createElement("p");
      place.id = "boot";
      place.setAttribute("role", "alert");
      place.textContent = english;
      var second = document.createElement("p");
      second.lang = "ko";
      second.textContent = korean;
      place.appendChild(second);
      document.body.appendChild(place);
      document.body.setAttribute("data-busy", "0");
    }
    if (document.body) show();
    else document.addEventListener("DOMContentLoaded", show);
  }

  // A function that counts the set bits of a vector: whoever accepts it has the vector instructions.
  var VECTORS = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253,
    15, 253, 98, 11,
  ];

  function capable() {
    try {
      return (
        typeof WebAssembly === "object" &&
        WebAssembly.validate(new Uint8Array(VECTORS)) &&
        typeof BigInt64Array === "function" &&
        typeof structuredClone === "function" &&
        typeof MessageChannel === "function" &&
        typeof Worker === "function" &&
        typeof Blob.prototype.arrayBuffer === "function" &&
        typeof Array.prototype.at === "function" &&
        typeof Promise.allSettled === "function"
      );
    } catch (_) {
      return false;
    }
  }

  function fetched(file, options) {
    return fetch(address(file), options).then(function (answer) {
      if (!answer.ok) throw new Error(file + ": " + answer.status + " " + answer.statusText);
      return answer;
    });
  }

  function compiled(name) {
    return fetched(name + "_bg.wasm").then(function (answer) {
      var type = answer.headers.get("content-type") || "";
      // A host that knows no .wasm costs the compilation during the download, nothing else.
      if (/^application\/wasm/.test(type)) return WebAssembly.compileStreaming(answer);
      return answer.arrayBuffer().then(function (bytes) {
        return WebAssembly.compile(bytes);
      });
    });
  }

  function worker(name) {
    var text = fetched(name + ".js", { integrity: HASHES[name] }).then(function (answer) {
      return answer.text();
    });
    var program = Promise.all([text, compiled(name)]).then(function (both) {
      var blob = new Blob([both[0], WORKER], { type: "text/javascript" });
      return { url: URL.createObjectURL(blob), module: both[1] };
    });
    // Who asks later is told of the failure; until then it is nobody's.
    program.catch(function () {});
    return program;
  }

  function app() {
    var script = new Promise(function (done, failed) {
      var element = document.createElement("script");
      element.src = address("app.js");
      element.integrity = HASHES.app;
      element.onload = done;
      element.onerror = function () {
        failed(new Error("app.js"));
      };
      document.head.appendChild(element);
    });
    var page = new Promise(function (done) {
      if (document.readyState !== "loading") done();
      else document.addEventListener("DOMContentLoaded", done);
    });
    return Promise.all([compiled("app"), script, page]).then(function (all) {
      return wasm_bindgen({ module_or_path: all[0] });
    });
  }

  // Keeps the build for use without a network. A newer one is fetched whole and then offered.
  function offline(boot) {
    var workers = navigator.serviceWorker;
    if (!workers) return;
    var waiting = null;
    function offer(worker) {
      // Without a controller this is the first visit: nothing older is running.
      if (!worker || !workers.controller) return;
      waiting = worker;
      boot.updateReady = true;
      boot.onupdate();
    }
    function watch(worker) {
      if (!worker) return;
      worker.addEventListener("statechange", function () {
        if (worker.state === "installed") offer(worker);
      });
    }
    boot.reload = function () {
      if (!waiting) return location.reload();
      workers.addEventListener("controllerchange", function () {
        location.reload();
      });
      waiting.postMessage("take-over");
    };
    workers
      .register("sw.js", { updateViaCache: "none" })
      .then(function (registration) {
        offer(registration.waiting);
        watch(registration.installing);
        registration.addEventListener("updatefound", function () {
          watch(registration.installing);
        });
      })
      .catch(function () {
        // A private window or a host without https: the page works, but not offline.
      });
  }

  if (location.protocol === "file:") {
    say(
      "Trailglass cannot run from a file: the browser lets such a page start no workers. " +
        "Serve this folder with any static web server and open it by its http:// address.",
      "Trailglass는 파일로 열면 동작하지 않습니다. 브라우저가 그런 페이지에서는 워커를 허용하지 않기 때문입니다. " +
        "이 폴더를 정적 웹 서버로 제공하고 http:// 주소로 여세요."
    );
    return;
  }
  // The page names its build where it names this script.
  if (document.currentScript.src.indexOf(BUILD) < 0) {
    say(
      "A new version of Trailglass was put up just now. Reload the page.",
      "방금 Trailglass의 새 버전이 올라왔습니다. 페이지를 새로고침하세요."
    );
    return;
  }
  if (!capable()) {
    say(
      "This browser is too old for Trailglass. It needs Chrome or Edge 114, Firefox 115, Safari 16.4, or newer.",
      "이 브라우저는 Trailglass를 실행하기에 너무 오래되었습니다. Chrome 또는 Edge 114, Firefox 115, Safari 16.4 이상이 필요합니다."
    );
    return;
  }

  var boot = {
    build: BUILD,
    updateReady: false,
    onupdate: function () {},
    reload: function () {
      location.reload();
    },
  };
  Object.defineProperty(window, "trailglassBoot", { value: boot });
  var started = app();
  boot.reader = worker("reader");
  boot.engine = worker("engine");
  started.then(
    function () {
      offline(boot);
    },
    function (error) {
      say(
        "Trailglass could not be loaded (" + error.message + "). Reload the page; a new version may just have been put up.",
        "Trailglass를 불러오지 못했습니다(" + error.message + "). 페이지를 새로고침하세요. 새 버전이 막 올라왔을 수 있습니다."
      );
    }
  );
})();
