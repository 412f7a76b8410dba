package dev.berth.gateway.reply;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/// What `GET /health` answers: whether requests are to be sent here.
public enum Health {
  STARTING(503, "starting"),
  READY(200, "ready"),
  DRAINING(503, "draining");

  private final int status;
  private final String word;

  Health(int status, String word) {
    this.status = status;
    this.word = word;
  }

  public Reply reply() {
    return new Reply(status, List.of(Reply.JSON), Buffer.buffer("{\"status\":\"" + word + "\"}"));
  }
}
