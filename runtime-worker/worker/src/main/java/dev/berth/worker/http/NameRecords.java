package dev.berth.worker.http;

import dev.berth.jsruntime.service.GuestServiceException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.dns.DnsException;
import io.vertx.core.dns.DnsResponseCode;
import io.vertx.core.dns.MxRecord;
import io.vertx.core.dns.SrvRecord;
import java.util.List;
import java.util.function.Function;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/// What name servers know of a name besides its addresses. Safe from any thread.
final class NameRecords {

  private final Vertx vertx;
  private final DnsClientOptions server;

  /// @param server to be asked; without a host the first one of this machine
  NameRecords(Vertx vertx, DnsClientOptions server) {
    this.vertx = vertx;
    this.server = server;
  }

  /// The records of one type, in the form that `dns` gives them.
  Future<BsonValue> find(String name, String type) {
    Promise<BsonValue> answer = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(
            _ -> {
              try {
                DnsClient client = vertx.createDnsClient(server);
                ask(client, name, type)
                    .recover(failure -> Future.failedFuture(forGuest(failure)))
                    .<BsonValue>map(BsonArray::new)
                    .eventually(client::close)
                    .onComplete(answer);
              } catch (RuntimeException _) {
                // There is no name server to ask.
                answer.fail(NetErrors.failed("ESERVFAIL", "no name server can be asked"));
              }
            });
    return answer.future();
  }

  private static Future<List<BsonValue>> ask(DnsClient client, String name, String type) {
    return switch (type) {
      case "MX" -> client.resolveMX(name).map(each(NameRecords::mx));
      case "TXT" ->
          client.resolveTXT(name).map(each(text -> new BsonArray(List.of(new BsonString(text)))));
      case "NS" -> client.resolveNS(name).map(each(BsonString::new));
      case "CNAME" -> client.resolveCNAME(name).map(each(BsonString::new));
      case "SRV" -> client.resolveSRV(name).map(each(NameRecords::srv));
      case "PTR" -> client.resolvePTR(name).map(found -> List.of(new BsonString(found)));
      default -> Future.failedFuture(NetErrors.failed("ENOTIMP", "there is no such query"));
    };
  }

  private static <T> Function<List<T>, List<BsonValue>> each(Function<T, BsonValue> form) {
    return records -> records.stream().map(form).toList();
  }

  private static BsonValue mx(MxRecord record) {
    return new BsonDocument("exchange", new BsonString(record.name()))
        .append("priority", new BsonInt32(record.priority()));
  }

  private static BsonValue srv(SrvRecord record) {
    return new BsonDocument("name", new BsonString(record.target()))
        .append("port", new BsonInt32(record.port()))
        .append("priority", new BsonInt32(record.priority()))
        .append("weight", new BsonInt32(record.weight()));
  }

  private static GuestServiceException forGuest(Throwable failure) {
    return switch (failure) {
      case GuestServiceException known -> known;
      case DnsException answer when answer.code() == DnsResponseCode.NXDOMAIN ->
          NetErrors.failed("ENOTFOUND", "the host is not known");
      case DnsException _ -> NetErrors.failed("ESERVFAIL", "the name server cannot tell");
      default -> NetErrors.failed("ETIMEOUT", "the name server did not answer");
    };
  }
}
