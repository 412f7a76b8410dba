package dev.berth.worker.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import dev.berth.jsruntime.service.GuestServiceException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.BsonSerializationException;
import org.jspecify.annotations.Nullable;

/// What app code may know of a failure of the database.
///
/// The database's own words about the data are passed on; anything about the machines it runs on
/// becomes a constant sentence.
final class MongoErrors {

  private static final String UNREACHABLE = "the database cannot be reached";
  private static final String TOO_SLOW = "the database took too long";
  private static final String TOO_LARGE = "a document is larger than the database accepts";
  private static final String REFUSED = "the database refused the operation";

  /// Codes of the server whose messages are about hosts, not about data.
  private static final Set<Integer> ABOUT_HOSTS =
      Set.of(
          6, 7, 70, 71, 74, 89, 91, 93, 94, 133, 189, 202, 384, 9001, 10107, 11600, 11602, 13435,
          13436);

  /// The server refused the credentials that the operator gave, or what they may do.
  private static final Set<Integer> ABOUT_RIGHTS = Set.of(11, 13, 18, 8000);

  private static final int DUPLICATE = 11000;
  private static final Set<String> CONSTANTS = Set.of(UNREACHABLE, TOO_SLOW, TOO_LARGE);
  private static final Set<Integer> ABOUT_TIME = Set.of(50, 262);
  private static final Set<Integer> ABOUT_SIZE = Set.of(10334, 17419, 17420);

  /// The embedded server answers a fault of its own with the text of a Java exception.
  private static final Pattern UNEXPECTED =
      Pattern.compile("^Unknown error: |\\b(java|javax|com|org|de|io)(\\.[a-z]\\w*)+\\.[A-Z]\\w*");

  private MongoErrors() {}

  /// A [GuestServiceException] for what comes from the database; anything else unchanged, for our
  /// log only.
  static Throwable forGuest(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return forGuest(failure.getCause());
    }
    return switch (failure) {
      case MongoWriteException write ->
          fromServer(write.getCode(), write.getError().getMessage(), write);
      case MongoBulkWriteException bulk -> ofBulk(bulk);
      case MongoWriteConcernException concern ->
          fromServer(
              concern.getCode(), "the write was not confirmed by as many servers as asked", null);
      case MongoExecutionTimeoutException slow -> guest(TOO_SLOW, slow.getCode());
      case MongoOperationTimeoutException _ -> guest(TOO_SLOW, null);
      case MongoCursorNotFoundException lost ->
          guest("the database has closed the cursor", lost.getCode());
      case MongoNotPrimaryException down -> guest(UNREACHABLE, down.getCode());
      case MongoNodeIsRecoveringException down -> guest(UNREACHABLE, down.getCode());
      case MongoCommandException command ->
          fromServer(command.getCode(), command.getErrorMessage(), command);
      case MongoSecurityException _ -> guest("the database refused the data source", null);
      case MongoServerException other -> fromServer(other.getCode(), REFUSED, null);
      case MongoException _ -> guest(UNREACHABLE, null);
      case BsonMaximumSizeExceededException _ -> guest(TOO_LARGE, null);
      case BsonSerializationException _ ->
          guest("an argument cannot be sent to the database", null);
      default -> failure;
    };
  }

  /// The same for a user below the system user, whose update is written as a whole document: what
  /// the database says of that one may be what the user does not see.
  static Throwable forUser(Throwable failure) {
    return switch (failure) {
      case CompletionException outer when outer.getCause() != null -> forUser(outer.getCause());
      case MongoWriteException write -> ofUsersWrite(write, write.getCode());
      case MongoBulkWriteException bulk when !bulk.getWriteErrors().isEmpty() ->
          ofUsersWrite(bulk, bulk.getWriteErrors().getFirst().getCode());
      default -> forGuest(failure);
    };
  }

  private static Throwable ofUsersWrite(MongoException failure, int code) {
    Throwable told = forGuest(failure);
    if (!(told instanceof GuestServiceException known)
        || CONSTANTS.contains(String.valueOf(known.getMessage()))) {
      return told;
    }
    String message = String.valueOf(known.getMessage());
    int values = message.indexOf(" dup key:");
    return guest(code == DUPLICATE && values > 0 ? message.substring(0, values) : REFUSED, code);
  }

  private static GuestServiceException ofBulk(MongoBulkWriteException bulk) {
    if (bulk.getWriteErrors().isEmpty()) {
      return guest("the writes were not confirmed by as many servers as asked", null);
    }
    var first = bulk.getWriteErrors().getFirst();
    return fromServer(first.getCode(), first.getMessage(), bulk);
  }

  private static GuestServiceException fromServer(
      int code, String message, @Nullable MongoServerException origin) {
    if (ABOUT_HOSTS.contains(code)) {
      return guest(UNREACHABLE, code);
    }
    if (ABOUT_RIGHTS.contains(code)) {
      return guest("the database does not allow the data source to do this", code);
    }
    if (ABOUT_TIME.contains(code)) {
      return guest(TOO_SLOW, code);
    }
    if (ABOUT_SIZE.contains(code)) {
      return guest(TOO_LARGE, code);
    }
    if (UNEXPECTED.matcher(message).find()) {
      return guest("the database cannot perform this operation", code);
    }
    String known = origin == null ? message : withoutAddress(message, origin.getServerAddress());
    String text = known.isBlank() ? REFUSED : known;
    return guest(text, code == 0 || code == -1 ? null : code);
  }

  private static String withoutAddress(String message, ServerAddress address) {
    String host = address.getHost();
    String text = message.replace(host + ":" + address.getPort(), "the server");
    // A bare word such as "db" may well be about the data.
    return host.contains(".") || host.contains(":") ? text.replace(host, "the server") : text;
  }

  private static GuestServiceException guest(String message, @Nullable Integer code) {
    return new GuestServiceException("MongoDBError", message, code);
  }
}
