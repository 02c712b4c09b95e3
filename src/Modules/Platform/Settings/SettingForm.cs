using System.Globalization;
using System.Net;

namespace Platform.Settings;

/// <summary>What the value of a setting looks like, and how to say so in both languages: "set it to …".</summary>
public sealed record SettingForm(string En, string Zh, Func<string, bool> Accepts)
{
    /// <summary>Any text, also an empty one; whoever reads it knows more.</summary>
    public static readonly SettingForm Text = new("a text", "一段文本", _ => true);

    /// <summary>Networks as CIDR, separated by commas; none when empty.</summary>
    public static readonly SettingForm Networks = new(
        "networks such as 10.0.0.0/8, separated by commas",
        "以逗号分隔的网段，例如 10.0.0.0/8",
        text => Platform.Settings.Networks.TryParse(text, out _)
    );

    /// <summary>An absolute address without query or fragment.</summary>
    public static readonly SettingForm Address = new(
        "an address such as https://counter.example",
        "形如 https://counter.example 的地址",
        text =>
            Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            && address is { Query: "", Fragment: "", UserInfo: "" }
    );

    public static SettingForm Number(long from, long to) =>
        new(
            Invariant($"a whole number from {from} to {to}"),
            Invariant($"{from} 至 {to} 的整数"),
            text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && n >= from && n <= to
        );

    /// <summary>A time with its colons: without them .NET takes 30 for thirty days.</summary>
    public static SettingForm Duration(TimeSpan from, TimeSpan to) =>
        new(
            Invariant($"a time as hh:mm:ss, from {from:c} to {to:c}"),
            Invariant($"{from:c} 至 {to:c} 的时长，格式为 hh:mm:ss"),
            text =>
                text.Contains(':', StringComparison.Ordinal)
                && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time)
                && time >= from
                && time <= to
        );

    public static SettingForm OneOf(params string[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (first, last) = (string.Join(", ", values[..^1]), values[^1]);
        return new(
            values.Length == 1 ? last : $"{first} or {last}",
            string.Join("、", values),
            text => values.Contains(text, StringComparer.Ordinal)
        );
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Networks by CIDR, and whether an address is in one of them.</summary>
public sealed class Networks(IReadOnlyList<IPNetwork> items)
{
    public IReadOnlyList<IPNetwork> Items => items;

    /// <summary>Reads <c>10.0.0.0/8, ::1/128</c>; nothing gives none.</summary>
    public static bool TryParse(string? text, out Networks networks)
    {
        var items = new List<IPNetwork>();
        var right = true;
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            right &= IPNetwork.TryParse(part, out var network);
            items.Add(network);
        }

        networks = new Networks(right ? items : []);
        return right;
    }

    /// <summary>The networks of a setting that the start has checked.</summary>
    public static Networks Of(string? text) => TryParse(text, out var networks) ? networks : new Networks([]);

    /// <summary>A listener for both families gives IPv4 addresses in the clothes of IPv6.</summary>
    public bool Contain(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in items)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }
}
