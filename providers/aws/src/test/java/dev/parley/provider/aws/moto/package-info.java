/** Parley against moto: an AWS that nobody here wrote. {@code deploy/peers/aws-moto.sh} runs it. */
package dev.parley.provider.aws.moto;
