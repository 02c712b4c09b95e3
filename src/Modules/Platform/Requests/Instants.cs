namespace Platform.Requests;

/// <summary>Rows keep UTC; answers show instants with their offset (RFC 3339, PL-06.4).</summary>
public static class Instants
{
    public static DateTimeOffset AtUtc(this DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    public static DateTimeOffset? AtUtc(this DateTime? utc) => utc?.AtUtc();
}
