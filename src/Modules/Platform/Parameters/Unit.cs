namespace Platform.Parameters;

/// <summary>What an account counts: money in fen, or loyalty points.</summary>
public enum Unit
{
    /// <summary>分: a hundredth of a yuan.</summary>
    Fen,

    /// <summary>积分.</summary>
    Points,
}
