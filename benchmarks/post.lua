-- What wrk sends, and one line of what it measured for the program that started it.
wrk.method = "POST"
wrk.body = '{"name":"Berth"}'
wrk.headers["Content-Type"] = "application/json"

done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("result requests=%d micros=%d p50=%d p95=%d p99=%d errors=%d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
