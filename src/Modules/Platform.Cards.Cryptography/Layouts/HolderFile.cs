using System.Text;

namespace Platform.Cards.Cryptography.Layouts;

/// <summary>EF16, 41 bytes: the holder as far as a station may need to know. A card of whoever bears it has no name and no certificate.</summary>
public sealed record HolderFile(byte CardType, bool Staff, string Name, string CertificateNumber, byte CertificateType)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 41;

    private const int NameLength = 20;
    private const int CertificateLength = 18;

    /// <summary>The 41 bytes; the name is cut at 20 bytes of GBK, never in the middle of a character.</summary>
    public byte[] Encode()
    {
        var file = new byte[Size];
        file[0] = CardType;
        file[1] = Staff ? (byte)1 : (byte)0;
        Gbk.Write(Name, file.AsSpan(2, NameLength));
        Gbk.Write(CertificateNumber, file.AsSpan(22, CertificateLength));
        file[40] = CertificateType;
        return file;
    }

    /// <summary>Reads a file of at least 41 bytes; null when it is too short.</summary>
    public static HolderFile? Decode(ReadOnlySpan<byte> file) =>
        file.Length < Size
            ? null
            : new(file[0], file[1] == 1, Gbk.Read(file.Slice(2, NameLength)), Gbk.Read(file.Slice(22, CertificateLength)), file[40]);
}
