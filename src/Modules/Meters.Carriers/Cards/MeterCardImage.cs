using System.Buffers.Binary;
using System.Globalization;

namespace Meters.Carriers.Cards;

/// <summary>Where everything stands on a card (layout 2). 256 bytes: a memory card, or an elementary file of a CPU card, byte for byte.</summary>
public static class MeterCardLayout
{
    /// <summary>Bytes of a card.</summary>
    public const int Size = 256;

    /// <summary>Bytes of the header.</summary>
    public const int HeaderSize = 18;

    /// <summary>Bytes of a section.</summary>
    public const int SectionSize = 59;

    /// <summary>Sections, one for each sub-meter.</summary>
    public const int Sections = 4;

    /// <summary>Bytes of a purchase with its MAC.</summary>
    public const int PurchaseSize = 16;

    /// <summary>Bytes of what the meter writes back, with its MAC.</summary>
    public const int ReturnSize = 21;

    /// <summary>Bytes of the settings on a tool card, with their MAC.</summary>
    public const int SettingsSize = 21;

    /// <summary>Bytes of a user or meter number.</summary>
    public const int NumberSize = 6;

    /// <summary>Where the kind of the card stands.</summary>
    public const int KindOffset = 3;

    /// <summary>Where the settings of a tool card stand, in place of the sections.</summary>
    public const int SettingsOffset = HeaderSize;

    internal const byte Magic1 = 0x50;
    internal const byte Magic2 = 0x4D;
    internal const byte Layout = 2;

    /// <summary>Where the section of a sub-meter (1 to 4) begins: its meter number.</summary>
    public static int Section(int subMeter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(subMeter, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(subMeter, Sections);
        return HeaderSize + ((subMeter - 1) * SectionSize);
    }

    /// <summary>Where a section's purchase stands.</summary>
    public static int PurchaseA(int subMeter) => Section(subMeter) + NumberSize;

    /// <summary>Where the copy of the purchase stands; it is written first.</summary>
    public static int PurchaseB(int subMeter) => PurchaseA(subMeter) + PurchaseSize;

    /// <summary>Where the meter writes back.</summary>
    public static int Return(int subMeter) => PurchaseB(subMeter) + PurchaseSize;
}

/// <summary>Which of the two copies of a purchase carry the right MAC.</summary>
public enum PurchaseCopies
{
    /// <summary>Neither: there is no purchase, or it was forged or destroyed.</summary>
    None,

    /// <summary>A alone; B was torn while it was written.</summary>
    OnlyA,

    /// <summary>B alone; A was torn while it was written.</summary>
    OnlyB,

    /// <summary>Both, the same.</summary>
    Both,

    /// <summary>Both, and they differ: B is newer, A was not written yet.</summary>
    Differ,
}

/// <summary>A section as it reads.</summary>
/// <param name="SubMeter">1 to 4.</param>
/// <param name="MeterNumber">12 digits; null where there is none.</param>
/// <param name="Purchase">The purchase that counts: the authentic copy, of two the higher counter and revision; null without one.</param>
/// <param name="Copies">Which copies are authentic.</param>
/// <param name="Return">What the meter wrote back; null where it has not, or its write was torn.</param>
/// <param name="IsEmpty">Nothing is written there at all.</param>
/// <param name="IsReturnTorn">A write of the return was torn: only the meter knows whether it took the purchase.</param>
public sealed record MeterSection(
    int SubMeter,
    string? MeterNumber,
    MeterPurchase? Purchase,
    PurchaseCopies Copies,
    MeterReturn? Return,
    bool IsEmpty,
    bool IsReturnTorn = false
)
{
    /// <summary>Does the purchase wait to be swiped? Only what the meter wrote back says that it was taken.</summary>
    public bool Waits => Purchase is { } purchase && Return?.LastSeq != purchase.Seq;
}

/// <summary>
/// The bytes of a meter card, read and written. A write to a card is torn between any two bytes: what reads here then is the old purchase or the new
/// one, never a mixture.
/// </summary>
public sealed class MeterCardImage
{
    private static readonly DateTime s_firstSecond = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private readonly byte[] _bytes;

    /// <summary>A card with these 256 bytes.</summary>
    public MeterCardImage(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != MeterCardLayout.Size)
        {
            throw new ArgumentException($"A meter card has {MeterCardLayout.Size} bytes.", nameof(bytes));
        }

        _bytes = bytes.ToArray();
    }

    /// <summary>An empty card: all bytes FF, as memory cards come from the factory.</summary>
    public static MeterCardImage Blank()
    {
        var bytes = new byte[MeterCardLayout.Size];
        Array.Fill(bytes, (byte)0xFF);
        return new(bytes);
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Is nothing written: the same byte everywhere, FF or 00?</summary>
    public bool IsBlank => _bytes[0] is 0xFF or 0x00 && Array.TrueForAll(_bytes, b => b == _bytes[0]);

    /// <summary>The header; null on a card that is not ours.</summary>
    public MeterCardHeader? Header
    {
        get
        {
            var user = Number(_bytes.AsSpan(12, MeterCardLayout.NumberSize));
            return
                _bytes[0] == MeterCardLayout.Magic1
                && _bytes[1] == MeterCardLayout.Magic2
                && _bytes[2] == MeterCardLayout.Layout
                && Enum.IsDefined((MeterCardKind)_bytes[3])
                && user is not null
                ? new(
                    (MeterCardKind)_bytes[3],
                    BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(4)),
                    BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(8)),
                    user
                )
                : null;
        }
    }

    /// <summary>
    /// The serial number, also of a card whose header was torn while it was written: the bytes of magic and serial number never change after the
    /// card was made.
    /// </summary>
    public uint? Serial =>
        _bytes[0] == MeterCardLayout.Magic1 && _bytes[1] == MeterCardLayout.Magic2
            ? BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(8))
            : null;

    /// <summary>Are these bytes all FF, or all 00?</summary>
    public bool IsBlankAt(int offset, int length)
    {
        var bytes = _bytes.AsSpan(offset, length);
        return bytes.IndexOfAnyExcept((byte)0xFF) < 0 || bytes.IndexOfAnyExcept((byte)0) < 0;
    }

    /// <summary>A copy of the bytes at a place.</summary>
    public byte[] Slice(int offset, int length) => _bytes.AsSpan(offset, length).ToArray();

    /// <summary>This image with other bytes at a place.</summary>
    public MeterCardImage With(int offset, ReadOnlySpan<byte> bytes)
    {
        var changed = new MeterCardImage(_bytes);
        bytes.CopyTo(changed._bytes.AsSpan(offset));
        return changed;
    }

    /// <summary>Reads the section of a sub-meter, 1 to 4.</summary>
    public MeterSection Section(int subMeter, MeterCardKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var at = MeterCardLayout.Section(subMeter);
        var whole = _bytes.AsSpan(at, MeterCardLayout.SectionSize);
        var number = whole[..MeterCardLayout.NumberSize];
        var empty = whole.IndexOfAnyExcept((byte)0xFF) < 0 || whole.IndexOfAnyExcept((byte)0) < 0;
        if (empty || Header is null)
        {
            return new(subMeter, null, null, PurchaseCopies.None, null, empty);
        }

        var (a, b) = (Purchase(MeterCardLayout.PurchaseA(subMeter)), Purchase(MeterCardLayout.PurchaseB(subMeter)));
        var copies =
            a is null && b is null ? PurchaseCopies.None
            : b is null ? PurchaseCopies.OnlyA
            : a is null ? PurchaseCopies.OnlyB
            : a == b ? PurchaseCopies.Both
            : PurchaseCopies.Differ;
        var purchase = a is null || b?.Order > a.Order ? b : a;
        var back = Back();
        var torn = back is null && !IsBlankAt(MeterCardLayout.Return(subMeter), MeterCardLayout.ReturnSize);
        return new(subMeter, Number(number), purchase, copies, back, false, torn);

        MeterPurchase? Purchase(int offset)
        {
            var bytes = _bytes.AsSpan(offset, MeterCardLayout.PurchaseSize);
            return IsAuthentic(subMeter, bytes, keys) ? DecodePurchase(bytes) : null;
        }

        MeterReturn? Back()
        {
            var bytes = _bytes.AsSpan(MeterCardLayout.Return(subMeter), MeterCardLayout.ReturnSize);
            return IsAuthentic(subMeter, bytes, keys) ? DecodeReturn(bytes) : null;
        }
    }

    /// <summary>The settings of a tool card; null where they are not authentic.</summary>
    public MeterSettings? Settings(MeterCardKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (Header is not { Kind: MeterCardKind.Setting or MeterCardKind.Clear or MeterCardKind.Zero })
        {
            return null;
        }

        var bytes = _bytes.AsSpan(MeterCardLayout.SettingsOffset, MeterCardLayout.SettingsSize);
        if (!IsAuthentic(0, bytes, keys))
        {
            return null;
        }

        return new(
            BinaryPrimitives.ReadUInt32BigEndian(bytes),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]),
            bytes[16]
        );
    }

    /// <summary>The bytes of a header.</summary>
    public static byte[] Encode(MeterCardHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var bytes = new byte[MeterCardLayout.HeaderSize];
        (bytes[0], bytes[1], bytes[2], bytes[3]) = (
            MeterCardLayout.Magic1,
            MeterCardLayout.Magic2,
            MeterCardLayout.Layout,
            (byte)header.Kind
        );
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), header.Domain);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), header.Serial);
        EncodeNumber(header.UserNumber).CopyTo(bytes, 12);
        return bytes;
    }

    /// <summary>The bytes of a user or meter number of 12 digits.</summary>
    public static byte[] EncodeNumber(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number.Length == 2 * MeterCardLayout.NumberSize && number.All(char.IsAsciiDigit)
            ? Convert.FromHexString(number)
            : throw new ArgumentException("A number has 12 digits.", nameof(number));
    }

    /// <summary>The bytes of a purchase, with its MAC for a card with this header and a meter.</summary>
    public static byte[] Encode(MeterPurchase purchase, MeterCardHeader header, int subMeter, string meterNumber, MeterCardKeys keys)
    {
        ArgumentNullException.ThrowIfNull(purchase);
        var bytes = new byte[MeterCardLayout.PurchaseSize];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, purchase.Seq);
        (bytes[2], bytes[3]) = (purchase.Revision, (byte)purchase.Kind);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), purchase.Quantity);
        Convert.FromHexString(purchase.Date.ToString("yyyyMMdd", CultureInfo.InvariantCulture)).CopyTo(bytes, 8);
        Seal(bytes, header, subMeter, meterNumber, keys);
        return bytes;
    }

    /// <summary>The bytes of what a meter writes back, with its MAC.</summary>
    public static byte[] Encode(MeterReturn back, MeterCardHeader header, int subMeter, string meterNumber, MeterCardKeys keys)
    {
        ArgumentNullException.ThrowIfNull(back);
        var bytes = new byte[MeterCardLayout.ReturnSize];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, back.LastSeq);
        bytes[2] = back.LastRevision;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(3), back.Remaining);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(7), back.Total);
        (bytes[11], bytes[12]) = ((byte)back.Result, (byte)back.Flags);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(13), (uint)(back.Time - s_firstSecond).TotalSeconds);
        Seal(bytes, header, subMeter, meterNumber, keys);
        return bytes;
    }

    /// <summary>The bytes of a tool card's settings, with their MAC.</summary>
    public static byte[] Encode(MeterSettings settings, MeterCardHeader header, MeterCardKeys keys)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var bytes = new byte[MeterCardLayout.SettingsSize];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, settings.Limit);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), settings.PreStored);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), settings.Alarm);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(12), settings.Overdraft);
        bytes[16] = settings.SubMeter;
        Seal(bytes, header, 0, MeterCardHeader.NoUser, keys);
        return bytes;
    }

    private static void Seal(byte[] bytes, MeterCardHeader header, int subMeter, string meterNumber, MeterCardKeys keys)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(keys);
        var mac = Mac(Encode(header), subMeter, EncodeNumber(meterNumber), bytes.AsSpan(0, bytes.Length - 4), keys);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(bytes.Length - 4), mac);
    }

    /// <summary>Over header, section index, meter number and fields; tool cards have the section index FF and the meter number zero.</summary>
    private static uint Mac(
        ReadOnlySpan<byte> header,
        int subMeter,
        ReadOnlySpan<byte> meter,
        ReadOnlySpan<byte> fields,
        MeterCardKeys keys
    )
    {
        byte[] message = [.. header, (byte)(subMeter - 1), .. meter, .. fields];
        var domain = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        var serial = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        return keys.Mac(domain, serial, meter, message);
    }

    private bool IsAuthentic(int subMeter, ReadOnlySpan<byte> bytes, MeterCardKeys keys)
    {
        var meter =
            subMeter == 0 ? new byte[MeterCardLayout.NumberSize] : Slice(MeterCardLayout.Section(subMeter), MeterCardLayout.NumberSize);
        var mac = Mac(_bytes.AsSpan(0, MeterCardLayout.HeaderSize), subMeter, meter, bytes[..^4], keys);
        return mac == BinaryPrimitives.ReadUInt32BigEndian(bytes[^4..]);
    }

    private static MeterPurchase? DecodePurchase(ReadOnlySpan<byte> bytes)
    {
        var kind = (PurchaseKind)bytes[3];
        var dated = DateOnly.TryParseExact(
            Convert.ToHexString(bytes.Slice(8, 4)),
            "yyyyMMdd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        );
        return dated && Enum.IsDefined(kind)
            ? new(BinaryPrimitives.ReadUInt16BigEndian(bytes), bytes[2], kind, BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]), date)
            : null;
    }

    private static MeterReturn DecodeReturn(ReadOnlySpan<byte> bytes) =>
        new(
            BinaryPrimitives.ReadUInt16BigEndian(bytes),
            bytes[2],
            BinaryPrimitives.ReadInt32BigEndian(bytes[3..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[7..]),
            (MeterResult)bytes[11],
            (MeterFlags)bytes[12],
            s_firstSecond.AddSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes[13..]))
        );

    private static string? Number(ReadOnlySpan<byte> bytes)
    {
        var text = Convert.ToHexString(bytes);
        return text.All(char.IsAsciiDigit) ? text : null;
    }
}
