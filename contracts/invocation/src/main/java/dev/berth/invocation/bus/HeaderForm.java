package dev.berth.invocation.bus;

import dev.berth.invocation.Header;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonString;

/// Headers as names and values in turn.
final class HeaderForm {

  private HeaderForm() {}

  static BsonArray write(List<Header> headers) {
    BsonArray pairs = new BsonArray();
    for (Header header : headers) {
      pairs.add(new BsonString(header.name()));
      pairs.add(new BsonString(header.value()));
    }
    return pairs;
  }

  static List<Header> read(BsonArray pairs) {
    List<Header> headers = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i += 2) {
      headers.add(
          new Header(pairs.get(i).asString().getValue(), pairs.get(i + 1).asString().getValue()));
    }
    return headers;
  }
}
