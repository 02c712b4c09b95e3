using System.Globalization;
using Meters.Carriers.Cards;

namespace Meters.Cards;

/// <summary>A purchase to write into a section.</summary>
/// <param name="SubMeter">1 to 4.</param>
/// <param name="MeterNumber">The meter it is for: 12 digits.</param>
/// <param name="Purchase">The purchase.</param>
public sealed record SectionTask(int SubMeter, string MeterNumber, MeterPurchase Purchase);

/// <summary>What a card operation is to make of a card. Holds no key and no MAC: those are computed when the card's bytes are known.</summary>
/// <param name="Serial">The card it is for; null for a card that is only read.</param>
public sealed record MeterCardTask(uint? Serial)
{
    /// <summary>The header it is to have; null leaves the header.</summary>
    public MeterCardHeader? Header { get; init; }

    /// <summary>Purchases to write.</summary>
    public IReadOnlyList<SectionTask> Sections { get; init; } = [];

    /// <summary>The section to erase: that account is closed, and others are not.</summary>
    public int? Erased { get; init; }

    /// <summary>The settings of a tool card.</summary>
    public MeterSettings? Settings { get; init; }

    /// <summary>The whole card is erased behind its header: it is recycled.</summary>
    public bool Recycles { get; init; }

    /// <summary>The card comes from the factory: it gets its own secret code, and then its header.</summary>
    public bool MakesNew { get; init; }

    /// <summary>Is it only read?</summary>
    public bool ReadsOnly => Header is null && Sections.Count == 0 && Erased is null && Settings is null;
}

/// <summary>Bytes to write at a place.</summary>
/// <param name="At">The offset.</param>
/// <param name="Bytes">Hex.</param>
public sealed record CardWrite(int At, string Bytes)
{
    internal byte[] Content => Convert.FromHexString(Bytes);

    internal bool IsIn(MeterCardImage image) => image.Slice(At, Bytes.Length / 2).AsSpan().SequenceEqual(Content);
}

/// <summary>
/// The order in which a card is written. The first write decides: once it is on the card as a whole the operation is done, and what is missing is
/// written when the card comes again; before that it is not done, and the card reads as before. A purchase is written as B, then A, then meter number
/// and header, so that at each byte the meter sees the old purchase, the new one, or a card that it does not take.
/// </summary>
internal static class MeterCardPlan
{
    /// <summary>The longest write; a command of a memory card reader carries so much.</summary>
    private const int Longest = 64;

    public static IReadOnlyList<CardWrite> Of(MeterCardTask task, MeterCardImage before, MeterCardKeys keys)
    {
        if (task.MakesNew)
        {
            return New(task.Header!);
        }

        if (task.Recycles)
        {
            return Recycled(task.Header!);
        }

        if (task.Erased is { } erased)
        {
            return Erase(erased);
        }

        var header = task.Header ?? before.Header ?? throw new InvalidOperationException("A card without a header is not written.");
        var writes = new List<CardWrite>();
        if (task.Settings is { } settings)
        {
            writes.Add(Write(MeterCardLayout.SettingsOffset, MeterCardImage.Encode(settings, header, keys)));
        }

        foreach (var section in task.Sections)
        {
            var purchase = MeterCardImage.Encode(section.Purchase, header, section.SubMeter, section.MeterNumber, keys);
            writes.Add(Write(MeterCardLayout.PurchaseB(section.SubMeter), purchase));
            writes.Add(Write(MeterCardLayout.PurchaseA(section.SubMeter), purchase));
            var number = Write(MeterCardLayout.Section(section.SubMeter), MeterCardImage.EncodeNumber(section.MeterNumber));
            if (!number.IsIn(before))
            {
                // What another meter wrote back is not this one's.
                Forget(writes, before, MeterCardLayout.Return(section.SubMeter));
                writes.Add(number);
            }
        }

        if (header != before.Header)
        {
            // One byte alone voids a card.
            writes.Add(
                header == before.Header! with { Kind = MeterCardKind.Void }
                    ? Write(MeterCardLayout.KindOffset, [(byte)MeterCardKind.Void])
                    : Write(0, MeterCardImage.Encode(header))
            );
        }

        return writes;
    }

    /// <summary>The magic bytes come last: a card that was torn before is still no card of ours.</summary>
    private static CardWrite[] New(MeterCardHeader header)
    {
        var bytes = MeterCardImage.Encode(header);
        return [Write(2, bytes[2..]), Write(0, bytes[..2])];
    }

    private static List<CardWrite> Recycled(MeterCardHeader header)
    {
        List<CardWrite> writes = [Write(MeterCardLayout.KindOffset, [(byte)MeterCardKind.New]), Write(0, MeterCardImage.Encode(header))];
        Blank(writes, MeterCardLayout.HeaderSize, MeterCardLayout.Size - MeterCardLayout.HeaderSize);
        return writes;
    }

    /// <summary>One byte of the meter number takes both copies of the purchase their MAC.</summary>
    private static List<CardWrite> Erase(int subMeter)
    {
        var at = MeterCardLayout.Section(subMeter);
        List<CardWrite> writes = [Write(at, [0xFF])];
        Blank(writes, at + 1, MeterCardLayout.SectionSize - 1);
        return writes;
    }

    private static void Forget(List<CardWrite> writes, MeterCardImage before, int back)
    {
        if (!before.IsBlankAt(back, MeterCardLayout.ReturnSize))
        {
            Blank(writes, back, MeterCardLayout.ReturnSize);
        }
    }

    private static void Blank(List<CardWrite> writes, int at, int length)
    {
        for (var done = 0; done < length; done += Longest)
        {
            var bytes = new byte[Math.Min(Longest, length - done)];
            Array.Fill(bytes, (byte)0xFF);
            writes.Add(Write(at + done, bytes));
        }
    }

    private static CardWrite Write(int at, byte[] bytes) => new(at, Convert.ToHexString(bytes));
}

/// <summary>
/// The commands for meter cards: those of ISO 7816-4 for the elementary file of a CPU card. For a memory card the hardware agent's driver turns them
/// into what the reader takes.
/// </summary>
internal static class MeterCardCommands
{
    /// <summary>Half of a card, so that every reader takes the command.</summary>
    public const int Half = MeterCardLayout.Size / 2;

    /// <summary>The elementary file of a CPU card; a memory card has no files.</summary>
    public const string Select = "00A4000002EF01";

    public static readonly string ReadFirst = Read(0, Half);
    public static readonly string ReadSecond = Read(Half, Half);

    /// <summary>The secret code of a card from the factory.</summary>
    public static readonly byte[] FactoryCode = [0xFF, 0xFF, 0xFF];

    public static string Read(int at, int length) => string.Create(CultureInfo.InvariantCulture, $"00B000{at:X2}{length:X2}");

    public static string Update(CardWrite write) =>
        string.Create(CultureInfo.InvariantCulture, $"00D600{write.At:X2}{write.Bytes.Length / 2:X2}{write.Bytes}");

    public static string Verify(byte[] code) => $"0020000003{Convert.ToHexString(code)}";

    public static string Change(byte[] code) => $"0024010003{Convert.ToHexString(code)}";
}
