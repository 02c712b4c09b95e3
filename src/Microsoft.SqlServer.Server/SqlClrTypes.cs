namespace Microsoft.SqlServer.Server;

/// <summary>Storage format of a SQL CLR type. Named by SqlClient; this product uses no SQL CLR types.</summary>
public enum Format
{
    Unknown = 0,
    Native = 1,
    UserDefined = 2,
}

/// <summary>Custom serialisation of a SQL CLR type. Named by SqlClient; this product uses no SQL CLR types.</summary>
public interface IBinarySerialize
{
    void Read(BinaryReader r);

    void Write(BinaryWriter w);
}

/// <summary>Marks a SQL CLR type. Named by SqlClient; this product uses no SQL CLR types.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    public Format Format { get; } = format;

    public bool IsByteOrdered { get; set; }

    public bool IsFixedLength { get; set; }

    public int MaxByteSize { get; set; } = -1;

    public string? Name { get; set; }

    public string? ValidationMethodName { get; set; }
}

/// <summary>An invalid SQL CLR type. Named by SqlClient; this product uses no SQL CLR types.</summary>
public sealed class InvalidUdtException : SystemException
{
    private InvalidUdtException(Type type, string reason)
        : base($"{type.FullName}: {reason}") { }

    public static InvalidUdtException Create(Type udtType, string resourceReason) => new(udtType, resourceReason);
}
