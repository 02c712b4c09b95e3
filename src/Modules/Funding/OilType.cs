namespace Funding;

/// <summary>油品类型: the product that an ordinary invoice names.</summary>
public enum OilType
{
    /// <summary>92号汽油.</summary>
    Gasoline92,

    /// <summary>95号汽油.</summary>
    Gasoline95,

    /// <summary>98号汽油.</summary>
    Gasoline98,

    /// <summary>0号柴油.</summary>
    Diesel0,

    /// <summary>-10号柴油.</summary>
    DieselMinus10,

    /// <summary>-20号柴油.</summary>
    DieselMinus20,

    /// <summary>-35号柴油.</summary>
    DieselMinus35,

    /// <summary>天然气.</summary>
    NaturalGas,

    /// <summary>润滑油.</summary>
    Lubricant,
}
