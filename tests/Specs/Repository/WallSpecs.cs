using System.Reflection;
using System.Reflection.Emit;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Lab.Virtual;
using TinyResilient.ServiceA;
using TinyResilient.ServiceB;
using Xunit;

namespace Specs.Repository;

/// <summary>Lab knows the services by what they say over HTTP; only where it runs them in virtual time, it knows their types.</summary>
public class WallSpecs
{
    const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    static readonly Dictionary<short, OpCode> codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    static readonly Assembly[] services = [typeof(GatewayHost).Assembly, typeof(PoolsHost).Assembly];

    [Fact]
    public void Nothing_of_lab_outside_of_virtual_names_a_type_of_a_service()
    {
        var who = typeof(Catalogue).Assembly.GetTypes().Where(type => Mentioned(type).Any(named => services.Contains(named.Assembly)))
            .Select(type => type.Namespace).Distinct();
        Assert.Equal([typeof(World).Namespace], who);
    }

    static IEnumerable<Type> Mentioned(Type type) => type.GetFields(All).Select(field => field.FieldType)
        .Concat(type.GetConstructors(All).Cast<MethodBase>().Concat(type.GetMethods(All)).SelectMany(Mentioned))
        .Append(type.BaseType).Concat(type.GetInterfaces()).OfType<Type>().SelectMany(Parts);

    static IEnumerable<Type> Parts(Type type) => type.IsGenericType && !type.IsGenericTypeDefinition
        ? type.GetGenericArguments().SelectMany(Parts).Append(type) : type.HasElementType ? Parts(type.GetElementType()!) : [type];

    static IEnumerable<Type?> Mentioned(MethodBase method) => method.GetParameters().Select(parameter => parameter.ParameterType)
        .Append((method as MethodInfo)?.ReturnType)
        .Concat(method.GetMethodBody() is { } body ? body.LocalVariables.Select(local => local.LocalType).Concat(Named(method, body)) : []);

    // Types that the code of a method names, itself or through a member
    static IEnumerable<Type?> Named(MethodBase method, MethodBody body)
    {
        var (type, code) = (method.DeclaringType!, body.GetILAsByteArray()!);
        Type[]? ofType = type.IsGenericType ? type.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var first = code[at++];
            var opcode = codes[first == 0xFE ? (short)(first << 8 | code[at++]) : first];
            if (opcode.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                var member = method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod);
                yield return member as Type ?? member?.DeclaringType;
                foreach (var argument in member is MethodInfo { IsGenericMethod: true } made ? made.GetGenericArguments() : [])
                    yield return argument;
            }
            at += opcode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }
}
