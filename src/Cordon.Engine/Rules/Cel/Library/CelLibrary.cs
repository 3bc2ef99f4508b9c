namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>The standard library and extensions.</summary>
internal static class CelLibrary
{
    internal static readonly CelType A = CelType.Parameter("A");
    internal static readonly CelType B = CelType.Parameter("B");
    internal static readonly CelType ListOfA = CelType.List(A);
    internal static readonly CelType MapOfAB = CelType.Map(A, B);
    internal static readonly CelType OptionalOfA = CelType.Optional(A);

    public static CelEnvironment Build()
    {
        var builder = new CelEnvironmentBuilder(null);
        CelType[] named =
        [
            CelType.Null, CelType.Bool, CelType.Int, CelType.UInt, CelType.Double, CelType.String, CelType.Bytes, CelType.Timestamp, CelType.Duration,
            CelType.AnyList, CelType.AnyMap, CelType.AnyOptional, CelType.AnyType, CelNetworkLibrary.Ip, CelNetworkLibrary.Cidr,
        ];
        foreach (var type in named) builder.TypeName(type);
        builder.Constant("google.protobuf.NullValue.NULL_VALUE", CelType.Int, 0L);
        CelOperatorLibrary.Add(builder);
        CelOrderLibrary.Add(builder);
        CelConversionLibrary.Add(builder);
        CelTextLibrary.Add(builder);
        CelTimeLibrary.Add(builder);
        CelMathLibrary.Add(builder);
        CelListLibrary.Add(builder);
        CelOptionalLibrary.Add(builder);
        CelNetworkLibrary.Add(builder);
        CelMoney.Add(builder);
        return new CelEnvironment(builder);
    }
}
