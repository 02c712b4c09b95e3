namespace Access;

/// <summary>What accounts of the company belong to.</summary>
public static class AccessOwners
{
    /// <summary>A branch.</summary>
    public static readonly AccountOwner Branch = new("branch");

    /// <summary>An operator.</summary>
    public static readonly AccountOwner Operator = new("operator");
}
