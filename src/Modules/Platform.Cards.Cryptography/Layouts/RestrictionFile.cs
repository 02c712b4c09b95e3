namespace Platform.Cards.Cryptography.Layouts;

/// <summary>Where a card may be used.</summary>
public enum AreaType : byte
{
    /// <summary>The codes are province codes.</summary>
    Province = 1,

    /// <summary>The codes are city codes.</summary>
    City = 2,

    /// <summary>The codes are company codes.</summary>
    Company = 3,

    /// <summary>The codes are station codes.</summary>
    Station = 4,

    /// <summary>Anywhere.</summary>
    None = 0xFF,
}

/// <summary>
/// EF1C, 96 bytes: what a card may be used for (FC-40.1). An absent limit is FF in every byte. The limit per transaction is
/// ours: the layout in the field has a volume but no amount per fill, so it takes the first four of the bytes left free.
/// </summary>
public sealed record RestrictionFile
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 96;

    /// <summary>The most areas a card can name.</summary>
    public const int MaximumAreas = 10;

    private const int AreaLength = 4;
    private const int PlateLength = 16;
    private const int PlateAt = 50;
    private const int AmountPerFillAt = 66;

    /// <summary>Bitmap of the allowed oil types; FFFF allows all.</summary>
    public ushort OilTypes { get; init; } = 0xFFFF;

    public AreaType AreaType { get; init; } = AreaType.None;

    /// <summary>Up to 10 area codes of 8 hex digits.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>Litres per fill.</summary>
    public ushort? VolumePerFill { get; init; }

    public byte? FillsPerDay { get; init; }

    /// <summary>Fen per day.</summary>
    public uint? AmountPerDay { get; init; }

    /// <summary>Fen per fill.</summary>
    public uint? AmountPerFill { get; init; }

    /// <summary>The vehicle's plate, at most 16 bytes of GBK.</summary>
    public string? Plate { get; init; }

    /// <summary>No restriction at all.</summary>
    public static RestrictionFile None { get; } = new();

    /// <summary>The 96 bytes.</summary>
    public byte[] Encode()
    {
        if (Areas.Count > MaximumAreas)
        {
            throw new InvalidOperationException($"A card holds at most {MaximumAreas} areas.");
        }

        var file = new byte[Size];
        Array.Fill(file, (byte)0xFF);
        BinaryPrimitives.WriteUInt16BigEndian(file, OilTypes);
        file[2] = (byte)AreaType;
        for (var i = 0; i < Areas.Count; i++)
        {
            Convert.FromHexString(Areas[i]).AsSpan(0, AreaLength).CopyTo(file.AsSpan(3 + (i * AreaLength)));
        }

        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(43), VolumePerFill ?? ushort.MaxValue);
        file[45] = FillsPerDay ?? byte.MaxValue;
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(46), AmountPerDay ?? uint.MaxValue);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(AmountPerFillAt), AmountPerFill ?? uint.MaxValue);
        WritePlate(file.AsSpan(PlateAt, PlateLength));
        return file;
    }

    /// <summary>Reads a file of at least 96 bytes; null when it is too short.</summary>
    public static RestrictionFile? Decode(ReadOnlySpan<byte> file)
    {
        if (file.Length < Size)
        {
            return null;
        }

        var plate = file.Slice(PlateAt, PlateLength);
        return new()
        {
            OilTypes = BinaryPrimitives.ReadUInt16BigEndian(file),
            AreaType = (AreaType)file[2],
            Areas = ReadAreas(file.Slice(3, MaximumAreas * AreaLength)),
            VolumePerFill = Limit(BinaryPrimitives.ReadUInt16BigEndian(file[43..])),
            FillsPerDay = file[45] == byte.MaxValue ? null : file[45],
            AmountPerDay = Limit(BinaryPrimitives.ReadUInt32BigEndian(file[46..])),
            AmountPerFill = Limit(BinaryPrimitives.ReadUInt32BigEndian(file[AmountPerFillAt..])),
            Plate = plate.ContainsAnyExcept((byte)0xFF) ? Gbk.Read(plate) : null,
        };
    }

    private void WritePlate(Span<byte> at)
    {
        if (Plate is not null)
        {
            at.Clear();
            Gbk.Write(Plate, at);
        }
    }

    private static List<string> ReadAreas(ReadOnlySpan<byte> areas)
    {
        var read = new List<string>();
        for (var at = 0; at < areas.Length; at += AreaLength)
        {
            var area = areas.Slice(at, AreaLength);
            if (area.ContainsAnyExcept((byte)0xFF))
            {
                read.Add(Convert.ToHexString(area));
            }
        }

        return read;
    }

    private static ushort? Limit(ushort value) => value == ushort.MaxValue ? null : value;

    private static uint? Limit(uint value) => value == uint.MaxValue ? null : value;
}
