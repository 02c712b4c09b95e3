namespace Platform.Requests;

/// <summary>Who or what acts. Ids of principals are of one series, whatever their kind.</summary>
public enum PrincipalKind
{
    /// <summary>操作员: a person who signs in.</summary>
    Operator,

    /// <summary>应用: a program of a partner or of our own.</summary>
    Application,
}
