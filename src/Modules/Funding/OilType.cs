namespace Funding;

/// <summary>油品类型: the product that an ordinary invoice names.</summary>
public enum OilType
{
    Gasoline92,
    Gasoline95,
    Gasoline98,
    Diesel0,
    DieselMinus10,
    DieselMinus20,
    DieselMinus35,
    NaturalGas,
    Lubricant,
}
