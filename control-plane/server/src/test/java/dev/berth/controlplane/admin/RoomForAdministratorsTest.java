package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.controlplane.admin.RunningControlPlane.Reply;
import dev.berth.invocation.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomForAdministratorsTest {

  private static final int ROOM = 1 << 20;

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private LocalApp shop;

  @BeforeEach
  void start() {
    plane = RunningControlPlane.withRoomFor(folder, ROOM);
    shop = LocalApp.make(plane, "shop");
    shop.push("x").require(204);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void whatHasNoRoomBesideOthersIsSentAgainLater() throws IOException {
    byte[] half = new byte[ROOM / 2 + 1];
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), plane.port())) {
      other.getOutputStream().write(head(2 * half.length));
      other.getOutputStream().write(half);
      other.getOutputStream().flush();

      Reply refused = untilRefused(half);

      assertThat(refused.response().headers().firstValue("Retry-After")).contains("5");
      assertThat(refused.object(503).getString("error")).contains("try again");
    }

    Reply later = refusedForWhatItIs(half);
    assertThat(later.status()).as("the room was given back").isEqualTo(400);
  }

  private byte[] head(int length) {
    String text =
        "POST /api/admin/v3.0%s/import HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
            .formatted(shop.path(), length);
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// The other request may need a moment until it has its room.
  private Reply untilRefused(byte[] body) {
    Reply reply = send(body);
    for (int i = 0; i < 3000 && reply.status() != 503; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      reply = send(body);
    }
    return reply;
  }

  private Reply refusedForWhatItIs(byte[] body) {
    Reply reply = send(body);
    for (int i = 0; i < 3000 && reply.status() == 503; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      reply = send(body);
    }
    return reply;
  }

  private Reply send(byte[] body) {
    return shop.client().send("POST", shop.path() + "/import", "application/json", body);
  }

  @Test
  void quickRequestsAreAnsweredWhileManySlowOnesRun() {
    JsonObject call = new JsonObject().put("name", "waits").put("arguments", new JsonArray());
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Integer>> slow =
          IntStream.range(0, 40)
              .mapToObj(
                  _ ->
                      CompletableFuture.supplyAsync(
                          () ->
                              shop.client()
                                  .post(shop.path() + "/debug/execute_function", call)
                                  .status(),
                          clients))
              .toList();
      plane.awaitWaiting(16);

      CompletableFuture<Integer> quick =
          CompletableFuture.supplyAsync(() -> shop.client().get(shop.path()).status(), clients)
              .completeOnTimeout(0, 60, TimeUnit.SECONDS);

      assertThat(quick.join()).isEqualTo(200);
      assertThat(slow).noneMatch(CompletableFuture::isDone);
      plane.wait.complete(new Outcome.Returned(new BsonInt32(1)));
      assertThat(slow).allMatch(each -> each.join() == 200);
    } finally {
      plane.wait.tryComplete(new Outcome.Returned(new BsonInt32(1)));
    }
  }
}
